//! Numbers in a block of the index: their bytes one after the other, so that a cold start copies them and does not read them one by one.

use core::fmt;
use core::marker::PhantomData;

use serde::de::{Error, Visitor};
use serde::{Deserializer, Serializer};

/// A number of a fixed width.
pub(super) trait Wide: Copy {
    fn store(of: &[Self]) -> Vec<u8>;
    /// None if the bytes do not come out even.
    fn read(bytes: &[u8]) -> Option<Vec<Self>>;
}

macro_rules! wide {
    ($($kind:ty: $bytes:literal),*) => {$(
        impl Wide for $kind {
            fn store(of: &[Self]) -> Vec<u8> {
                let mut bytes = vec![0; of.len().saturating_mul($bytes)];
                for (place, number) in bytes.as_chunks_mut::<$bytes>().0.iter_mut().zip(of) {
                    *place = number.to_le_bytes();
                }
                bytes
            }
            fn read(bytes: &[u8]) -> Option<Vec<Self>> {
                let (numbers, rest) = bytes.as_chunks::<$bytes>();
                rest.is_empty().then(|| numbers.iter().map(|number| Self::from_le_bytes(*number)).collect())
            }
        }
    )*};
}
wide!(u8: 1, u16: 2, u32: 4, u64: 8);

impl Wide for [u8; 3] {
    fn store(of: &[Self]) -> Vec<u8> {
        of.as_flattened().to_vec()
    }

    fn read(bytes: &[u8]) -> Option<Vec<Self>> {
        let (numbers, rest) = bytes.as_chunks::<3>();
        rest.is_empty().then(|| numbers.to_vec())
    }
}

struct Numbers<T>(PhantomData<T>);

impl<T: Wide> Visitor<'_> for Numbers<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the bytes of numbers")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<T>, E> {
        T::read(bytes).ok_or_else(|| E::invalid_length(bytes.len(), &self))
    }
}

pub(super) fn serialize<T: Wide, S: Serializer>(of: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(&T::store(of))
}

pub(super) fn deserialize<'de, T: Wide, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    deserializer.deserialize_bytes(Numbers(PhantomData))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_were_stored_and_a_part_of_one_is_not() {
        let numbers = [0_u32, 1, 0x0102_0304, u32::MAX];
        let bytes = u32::store(&numbers);
        assert_eq!(bytes.len(), 16);
        assert_eq!(u32::read(&bytes), Some(numbers.to_vec()));
        assert_eq!(u32::read(&bytes[1..]), None);
        assert_eq!(u8::read(&u8::store(&[7, 255])), Some(vec![7, 255]));
        assert_eq!(u64::read(&[]), Some(vec![]));
    }
}
