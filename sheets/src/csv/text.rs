//! Bytes to text: UTF-8, Shift_JIS as Windows means it, UTF-16.

use encoding_rs::{DecoderResult, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::SheetError;

/// How much text is decoded at a time.
const CHUNK: usize = 16 * 1024;

/// The encoding of a CSV file (I1, I4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Encoding {
    /// Reading: UTF-8 if the file is valid as that, otherwise Shift_JIS. A byte order mark decides, UTF-16's too. Writing: UTF-8.
    #[default]
    Auto,
    /// UTF-8, with or without byte order mark; written with one, without which Excel takes it for Shift_JIS.
    Utf8,
    /// CP932: Shift_JIS with the extensions of NEC and IBM (①, ㈱, 髙, 﨑).
    ShiftJis,
}

/// Finds the encoding of a file and checks every byte of it. Returns the encoding and the bytes after the byte order mark.
pub(crate) fn detect(bytes: &[u8], wanted: Encoding) -> Result<(&'static encoding_rs::Encoding, &[u8]), SheetError> {
    let marked = [(b"\xef\xbb\xbf".as_slice(), UTF_8), (b"\xff\xfe".as_slice(), UTF_16LE), (b"\xfe\xff".as_slice(), UTF_16BE)];
    let marked = marked.into_iter().find_map(|(mark, encoding)| Some((encoding, bytes.strip_prefix(mark)?)));
    let (candidates, body) = match (wanted, marked) {
        (Encoding::Auto, Some((encoding, body))) => (vec![encoding], body),
        (Encoding::Utf8, Some((encoding, body))) if encoding == UTF_8 => (vec![UTF_8], body),
        (Encoding::Auto, None) => (vec![UTF_8, SHIFT_JIS], bytes),
        (Encoding::Utf8, _) => (vec![UTF_8], bytes),
        (Encoding::ShiftJis, _) => (vec![SHIFT_JIS], bytes),
    };
    let mark = bytes.len().saturating_sub(body.len());
    let mut furthest = (0, "UTF-8");
    for encoding in candidates {
        match first_fault(encoding, body) {
            None => return Ok((encoding, body)),
            Some(fault) => furthest = furthest.max((fault.saturating_add(mark), encoding.name())),
        }
    }
    Err(SheetError::Undecodable { encoding: furthest.1, offset: u64::try_from(furthest.0).unwrap_or(u64::MAX) })
}

/// The place of the first byte that is no text. No text holds NUL: what does is a picture, or UTF-16 without its mark.
fn first_fault(encoding: &'static encoding_rs::Encoding, body: &[u8]) -> Option<usize> {
    let mut text = Text::new(encoding, body);
    loop {
        match text.refill() {
            Ok(true) if text.chunk.contains('\0') => {
                let wide = encoding == UTF_16LE || encoding == UTF_16BE;
                let pair = || body.chunks_exact(2).position(|pair| pair == [0, 0]).map(|at| at.saturating_mul(2));
                return if wide { pair() } else { body.iter().position(|byte| *byte == 0) };
            }
            Ok(true) => {}
            Ok(false) => return None,
            Err(fault) => return Some(fault),
        }
    }
}

/// Text decoded a chunk at a time.
pub(crate) struct Text<'a> {
    decoder: encoding_rs::Decoder,
    body: &'a [u8],
    at: usize,
    ended: bool,
    chunk: String,
    next: usize,
}

impl<'a> Text<'a> {
    pub(crate) fn new(encoding: &'static encoding_rs::Encoding, body: &'a [u8]) -> Self {
        let decoder = encoding.new_decoder_without_bom_handling();
        Self { decoder, body, at: 0, ended: false, chunk: String::with_capacity(CHUNK), next: 0 }
    }

    /// Decodes the next chunk. `false`: there is none. `Err`: the place of a byte that is no text.
    fn refill(&mut self) -> Result<bool, usize> {
        self.chunk.clear();
        self.next = 0;
        while self.chunk.is_empty() && !self.ended {
            let rest = self.body.get(self.at..).unwrap_or_default();
            let (result, read) = self.decoder.decode_to_string_without_replacement(rest, &mut self.chunk, true);
            self.at = self.at.saturating_add(read);
            match result {
                DecoderResult::InputEmpty => self.ended = true,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(length, after) => {
                    self.ended = true;
                    return Err(self.at.saturating_sub(usize::from(length)).saturating_sub(usize::from(after)));
                }
            }
        }
        Ok(!self.chunk.is_empty())
    }

    /// The next character. `Err` as above; [`detect`] has already met it.
    pub(crate) fn next(&mut self) -> Result<Option<char>, SheetError> {
        loop {
            if let Some(character) = self.chunk.get(self.next..).and_then(|rest| rest.chars().next()) {
                self.next = self.next.saturating_add(character.len_utf8());
                return Ok(Some(character));
            }
            match self.refill() {
                Ok(true) => {}
                Ok(false) => return Ok(None),
                Err(fault) => {
                    let offset = u64::try_from(fault).unwrap_or(u64::MAX);
                    return Err(SheetError::Undecodable { encoding: self.decoder.encoding().name(), offset });
                }
            }
        }
    }
}

/// Appends a text in CP932. `Err`: the place, from 1, of the first character that CP932 does not have.
///
/// The encoder also has replacements of its own (`¥` becomes `\`); what would not come back as it went is refused too.
pub(crate) fn push_shift_jis(text: &str, into: &mut Vec<u8>) -> Result<(), u32> {
    let start = into.len();
    let mut encoder = SHIFT_JIS.new_encoder();
    let most = encoder.max_buffer_length_from_utf8_without_replacement(text.len()).unwrap_or_default();
    into.resize(start.saturating_add(most), 0);
    let (result, read, written) = encoder.encode_from_utf8_without_replacement(text, into.get_mut(start..).unwrap_or_default(), true);
    into.truncate(start.saturating_add(written));
    let complete = result == encoding_rs::EncoderResult::InputEmpty && read == text.len();
    let back = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(into.get(start..).unwrap_or_default());
    if complete && back.as_deref() == Some(text) {
        return Ok(());
    }
    into.truncate(start);
    let held = |character: &char| {
        let mut buffer = [0; 4];
        let one = character.encode_utf8(&mut buffer);
        let (bytes, _, replaced) = SHIFT_JIS.encode(one);
        !replaced && SHIFT_JIS.decode_without_bom_handling_and_without_replacement(&bytes).as_deref() == Some(one)
    };
    let before = text.chars().take_while(held).count();
    Err(u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1))
}
