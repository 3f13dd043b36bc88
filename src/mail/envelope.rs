//! What goes between the writer of messages and their delivery.

/// Who gets a message.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Recipient {
    /// Mail address, in ASCII.
    pub address: String,
    /// The person's name.
    pub person: Option<String>,
    /// The person's unit.
    pub unit: Option<String>,
    /// The printed groups through which the issue is sent: 报 首都文明办.
    pub groups: Vec<String>,
}

/// A message that is ready for delivery: the same each time it is made for the same revision and
/// recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Who gets it.
    pub recipient: Recipient,
    /// The sender's address, for the envelope.
    pub from: String,
    /// Message-ID, without angle brackets: made of issue, revision and recipient.
    pub id: String,
    /// The whole message (RFC 5322), lines ended by CRLF.
    pub bytes: Vec<u8>,
}
