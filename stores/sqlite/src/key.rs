use zeroize::Zeroizing;

/// The key of an encrypted file: 256 bits from the host's key store, or derived by the host from what people type. It is never printed, and is overwritten
/// in memory when the last of those who hold it goes.
#[derive(Clone)]
pub struct FileKey(Zeroizing<[u8; 32]>);

impl FileKey {
    /// The key of these bytes. Whoever has them can read the file; without them nobody can.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// What SQLCipher is told: the key itself, and no passphrase, from which each connection would derive one for a fifth of a second.
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        let digit = |nibble: u8| char::from(nibble + if nibble < 10 { b'0' } else { b'a' - 10 });
        let mut text = Zeroizing::new(String::with_capacity(96));
        text.push_str("PRAGMA key = \"x'");
        for byte in self.0.iter() {
            text.push(digit(byte >> 4));
            text.push(digit(byte & 15));
        }
        text.push_str("'\"");
        text
    }
}

impl core::fmt::Debug for FileKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("FileKey(..)")
    }
}
