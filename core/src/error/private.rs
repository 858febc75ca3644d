/// A personal value inside an error or an answer: it can be read and serialised, never printed.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Private<T>(pub T);

impl<T> core::fmt::Debug for Private<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("(private)")
    }
}
