//! Unpacks streams (ISO 32000-1 §7.4), into no more room than is left.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::lexer::{from_hexadecimal, is_space};
use crate::verify::limits::{Fault, Meter};

/// How a stream is packed, one of several filters.
pub(super) struct Filter {
    pub(super) name: String,
    /// Predictor, colours, bits of a colour, columns; of the parameters.
    pub(super) numbers: [usize; 4],
}

/// What the parameters are called, and what they are when they are not there.
pub(super) const PARAMETERS: [(&str, usize); 4] =
    [("Predictor", 1), ("Colors", 1), ("BitsPerComponent", 8), ("Columns", 1)];

/// Filters that one stream may have: ASCII over Flate is met, more is not.
const MOST: usize = 2;

/// Unpacks bytes.
pub(super) fn unpack(
    packed: &[u8],
    filters: &[Filter],
    meter: &mut Meter,
) -> Result<Vec<u8>, Fault> {
    if filters.len() > MOST {
        return Err(Fault::Broken);
    }
    meter.work(packed.len())?;
    let Some((first, rest)) = filters.split_first() else {
        meter.unpacked(packed.len())?;
        return Ok(packed.to_vec());
    };
    let mut bytes = one(packed, first, meter)?;
    for filter in rest {
        bytes = one(&bytes, filter, meter)?;
    }
    Ok(bytes)
}

fn one(packed: &[u8], filter: &Filter, meter: &mut Meter) -> Result<Vec<u8>, Fault> {
    let bytes = match filter.name.as_str() {
        "FlateDecode" | "Fl" => inflate(packed, meter)?,
        // These are shorter than they were.
        "ASCIIHexDecode" | "AHx" => {
            let end = packed.iter().position(|&byte| byte == b'>').unwrap_or(packed.len());
            from_hexadecimal(&packed[..end])
        }
        "ASCII85Decode" | "A85" => ascii85(packed).ok_or(Fault::Broken)?,
        // Pictures, and what nobody writes any more.
        _ => return Err(Fault::Broken),
    };
    meter.unpacked(bytes.len())?;
    match filter.numbers[0] {
        0 | 1 => Ok(bytes),
        10..=15 => rows(&bytes, filter.numbers).ok_or(Fault::Broken),
        _ => Err(Fault::Broken),
    }
}

fn inflate(packed: &[u8], meter: &mut Meter) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    // One more than there is room for tells that there is not enough.
    let most = meter.room() as u64 + 1;
    let read = ZlibDecoder::new(packed).take(most).read_to_end(&mut bytes);
    read.map_err(|_| Fault::Broken).map(|_| bytes)
}

fn ascii85(packed: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut group: Vec<u32> = Vec::new();
    for &byte in packed {
        match byte {
            b'~' => break,
            b'z' if group.is_empty() => bytes.extend([0; 4]),
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            byte if is_space(byte) => {}
            _ => return None,
        }
        if group.len() == 5 {
            bytes.extend(word(&group).to_be_bytes());
            group.clear();
        }
    }
    if group.len() > 1 {
        let length = group.len() - 1;
        group.resize(5, 84);
        bytes.extend(&word(&group).to_be_bytes()[..length]);
    }
    Some(bytes)
}

fn word(group: &[u32]) -> u32 {
    group.iter().fold(0, |word: u32, digit| word.wrapping_mul(85).wrapping_add(*digit))
}

/// Undoes the predictors of PNG (RFC 2083 §6), row by row.
fn rows(bytes: &[u8], [_, colors, bits, columns]: [usize; 4]) -> Option<Vec<u8>> {
    let pixel = colors.checked_mul(bits)?;
    let length = pixel.checked_mul(columns)?.div_ceil(8);
    let (pixel, whole) = (pixel.div_ceil(8), length.checked_add(1)?);
    if length == 0 || length > bytes.len() {
        return if bytes.is_empty() { Some(Vec::new()) } else { None };
    }
    let mut plain: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut above = vec![0; length];
    for row in bytes.chunks(whole) {
        let (kind, row) = row.split_first()?;
        let mut now = vec![0; length];
        for (at, &byte) in row.iter().enumerate() {
            let left = at.checked_sub(pixel).map_or(0, |at| now[at]);
            let corner = at.checked_sub(pixel).map_or(0, |at| above[at]);
            let guess = match kind {
                0 => 0,
                1 => left,
                2 => above[at],
                3 => ((u16::from(left) + u16::from(above[at])) / 2) as u8,
                4 => paeth(left, above[at], corner),
                _ => return None,
            };
            now[at] = byte.wrapping_add(guess);
        }
        plain.extend(&now[..row.len()]);
        above = now;
    }
    Some(plain)
}

fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(above), i16::from(corner));
    let guess = a + b - c;
    let far = |value: i16| (guess - value).abs();
    if far(a) <= far(b) && far(a) <= far(c) {
        left
    } else if far(b) <= far(c) {
        above
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::limits::Limits;
    use std::io::Write;

    fn filter(name: &str, numbers: [usize; 4]) -> Filter {
        Filter { name: name.to_owned(), numbers }
    }

    #[test]
    fn every_way_of_packing_that_is_met_is_undone() {
        let mut meter = Meter::new(&Limits::default(), 0);
        let plain = [1, 1, 8, 1];
        let hex = unpack(b"48 656C6c 6F>", &[filter("ASCIIHexDecode", plain)], &mut meter);
        assert_eq!(hex.unwrap(), b"Hello");
        let text = unpack(b"87cUR\nD]j7BEbo7~>", &[filter("A85", plain)], &mut meter);
        assert_eq!(text.unwrap(), b"Hello world");
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        zlib.write_all(&[2, 1, 2, 3, 2, 1, 1, 1, 1, 5, 1, 1]).unwrap();
        let rows = [filter("FlateDecode", [12, 1, 8, 3])];
        let rows = unpack(&zlib.finish().unwrap(), &rows, &mut meter).unwrap();
        assert_eq!(rows, [1, 2, 3, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn no_more_is_unpacked_than_there_is_room_for() {
        let limits = Limits { unpacked: 1000, ..Limits::default() };
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        zlib.write_all(&[0; 100_000]).unwrap();
        let packed = zlib.finish().unwrap();
        let mut meter = Meter::new(&limits, 0);
        let flate = || filter("FlateDecode", [1, 1, 8, 1]);
        let refused = unpack(&packed, &[flate()], &mut meter);
        assert!(
            matches!(refused, Err(Fault::Refused(error)) if error.message.contains("解压后超过"))
        );
        let three = unpack(&packed, &[flate(), flate(), flate()], &mut meter);
        assert!(matches!(three, Err(Fault::Broken)));
        let other = unpack(&packed, &[filter("JBIG2Decode", [1, 1, 8, 1])], &mut meter);
        assert!(matches!(other, Err(Fault::Broken)));
    }
}
