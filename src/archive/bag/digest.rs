//! Digests, of bytes at hand and of what is read bit by bit.

use std::io::{self, Read};

use sha2::{Digest, Sha256};
use sm3::Sm3;

/// How digests are computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::archive) enum Algorithm {
    /// SHA-256.
    Sha256,
    /// SM3 (GB/T 32905-2016).
    Sm3,
}

impl Algorithm {
    /// All of them.
    pub(in crate::archive) const ALL: [Algorithm; 2] = [Algorithm::Sha256, Algorithm::Sm3];

    /// As it stands in the names of manifests.
    pub(super) fn name(self) -> &'static str {
        match self {
            Algorithm::Sha256 => "sha256",
            Algorithm::Sm3 => "sm3",
        }
    }

    /// The digest of these bytes, hexadecimal.
    pub(super) fn of(self, bytes: &[u8]) -> String {
        match self {
            Algorithm::Sha256 => sha256(bytes),
            Algorithm::Sm3 => hexadecimal(&Sm3::digest(bytes)),
        }
    }

    /// The digests of what is read, in the order of `algorithms`, in one pass and a little memory.
    pub(in crate::archive) fn of_stream(
        algorithms: &[Algorithm],
        mut from: impl Read,
    ) -> io::Result<Vec<String>> {
        let mut states: Vec<State> = algorithms.iter().map(|one| State::new(*one)).collect();
        let mut piece = vec![0; PIECE];
        loop {
            match from.read(&mut piece) {
                Ok(0) => break,
                Ok(length) => states.iter_mut().for_each(|state| state.update(&piece[..length])),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(states.into_iter().map(State::finish).collect())
    }
}

/// How much is read at once.
const PIECE: usize = 64 * 1024;

enum State {
    Sha256(Sha256),
    Sm3(Sm3),
}

impl State {
    fn new(algorithm: Algorithm) -> State {
        match algorithm {
            Algorithm::Sha256 => State::Sha256(Sha256::new()),
            Algorithm::Sm3 => State::Sm3(Sm3::new()),
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            State::Sha256(state) => state.update(bytes),
            State::Sm3(state) => state.update(bytes),
        }
    }

    fn finish(self) -> String {
        match self {
            State::Sha256(state) => hexadecimal(&state.finalize()),
            State::Sm3(state) => hexadecimal(&state.finalize()),
        }
    }
}

/// SHA-256 of these bytes, hexadecimal.
pub(in crate::archive) fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of the standards: FIPS 180-4, GB/T 32905-2016 A.1.
    #[test]
    fn digests_are_those_of_the_standards() {
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let sm3 = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
        assert_eq!(Algorithm::Sha256.of(b"abc"), sha256);
        assert_eq!(Algorithm::Sm3.of(b"abc"), sm3);
        let both = Algorithm::of_stream(&Algorithm::ALL, &b"abc"[..]).unwrap();
        assert_eq!(both, [sha256, sm3]);
    }
}
