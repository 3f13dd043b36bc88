//! `hongtou send` and `hongtou recipients` as real processes.
