/// FNV-1a: texts as a number, equal for equal ones and practically never for others, unless somebody makes two collide on purpose.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fnv(u64);

impl Fnv {
    /// Of no text.
    pub(crate) const fn new() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }

    /// The same with a text after those before it.
    pub(crate) fn and(self, text: &str) -> Self {
        Self(text.bytes().fold(self.0, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)))
    }

    /// The number.
    pub(crate) const fn number(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_fnv_1a_of_the_texts_one_after_the_other() {
        assert_eq!(Fnv::new().and("a").number(), 0xAF63_DC4C_8601_EC8C);
        assert_eq!(Fnv::new().and("foo").and("").and("bar").number(), 0x8594_4171_F739_67E8);
    }
}
