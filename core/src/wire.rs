//! The one way a type that crosses a boundary (JSON, TypeScript, Kotlin, Swift, Python) is declared.

/// Declares a struct or an enum of the public face: camelCase JSON, TypeScript declarations under the feature `tsify`, UniFFI types
/// under `uniffi`. An `Option` or a `Vec` may be left out by whoever writes the value; a field nobody knows is an error.
macro_rules! wire {
    ($(#[$meta:meta])* pub struct $name:ident { $($body:tt)* }) => {
        wire! { @fields [$(#[$meta])* pub struct $name] [] $($body)* }
    };
    ($(#[$meta:meta])* pub enum $name:ident { $($body:tt)* }) => {
        #[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
        #[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
        #[cfg_attr(feature = "uniffi", derive(uniffi::Enum), uniffi::export(Debug))]
        $(#[$meta])*
        pub enum $name { $($body)* }
    };
    (@fields [$($head:tt)*] [$($done:tt)*] $(#[$meta:meta])* pub $field:ident : Option<$type:ty> $(, $($rest:tt)*)?) => {
        wire! { @fields [$($head)*] [$($done)*
            $(#[$meta])*
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "uniffi", uniffi(default))]
            pub $field: Option<$type>,
        ] $($($rest)*)? }
    };
    (@fields [$($head:tt)*] [$($done:tt)*] $(#[$meta:meta])* pub $field:ident : Vec<$type:ty> $(, $($rest:tt)*)?) => {
        wire! { @fields [$($head)*] [$($done)*
            $(#[$meta])*
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            #[cfg_attr(feature = "uniffi", uniffi(default))]
            pub $field: Vec<$type>,
        ] $($($rest)*)? }
    };
    (@fields [$($head:tt)*] [$($done:tt)*] $(#[$meta:meta])* pub $field:ident : bool $(, $($rest:tt)*)?) => {
        wire! { @fields [$($head)*] [$($done)*
            $(#[$meta])*
            #[serde(default, skip_serializing_if = "core::ops::Not::not")]
            #[cfg_attr(feature = "uniffi", uniffi(default))]
            pub $field: bool,
        ] $($($rest)*)? }
    };
    (@fields [$($head:tt)*] [$($done:tt)*] $(#[$meta:meta])* pub $field:ident : $type:ty $(, $($rest:tt)*)?) => {
        wire! { @fields [$($head)*] [$($done)* $(#[$meta])* pub $field: $type,] $($($rest)*)? }
    };
    (@fields [$(#[$meta:meta])* pub struct $name:ident] [$($done:tt)*]) => {
        #[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        #[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
        #[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
        $(#[$meta])*
        pub struct $name { $($done)* }
    };
}

/// A `Debug` that shows the named fields and nothing personal: what is not listed appears only as "..".
macro_rules! redacted_debug {
    ($name:ident { $($field:ident),* $(,)? }) => {
        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_struct(stringify!($name))$(.field(stringify!($field), &self.$field))*.finish_non_exhaustive()
            }
        }
    };
}
