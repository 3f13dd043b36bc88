use proptest::prelude::*;

use super::*;

const USER: &str = "a@b.cn";
const PASSWORD: &str = "天书-s3Cret";

fn hex(bytes: &[u8], between: &str) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(between)
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// A password in every form in which programs write texts.
fn forms(password: &str) -> Vec<String> {
    let bytes = password.as_bytes();
    let blob = format!("\0{USER}\0{password}");
    let other = format!("{USER}\0{USER}\0{password}");
    let codes = |sign: &dyn Fn(u32) -> String| password.chars().map(|c| sign(c as u32)).collect();
    let mut forms = vec![
        password.to_owned(),
        password.to_uppercase(),
        password.to_lowercase(),
        format!("{password:?}"),
        serde_json::to_string(password).unwrap(),
        percent(password),
        percent(&percent(password)),
        percent(password).replace('%', "="),
        percent(&STANDARD.encode(&blob)),
        hex(bytes, ""),
        hex(bytes, " "),
        hex(bytes, ":").to_uppercase(),
        hex(bytes, "\\x"),
        hex(bytes, ", 0x"),
        codes(&|c| format!("\\u{{{c:x}}}")),
        codes(&|c| format!("&#{c};")),
        codes(&|c| format!("&#x{c:X};")),
        bytes.iter().map(|byte| format!("\\{byte:03o}")).collect(),
        GB18030.decode_without_bom_handling(bytes).0.into_owned(),
        bytes.iter().copied().map(char::from).collect(),
        password.chars().rev().collect(),
        password.chars().flat_map(|c| [c, ' ']).collect(),
        password.chars().flat_map(|c| [c, '\u{200b}']).collect(),
    ];
    for text in [password, &blob, &other, &format!("x{password}x"), &format!("xx{password}")] {
        for engine in [STANDARD, URL_SAFE] {
            let encoded = engine.encode(text);
            forms.push(encoded.trim_end_matches('=').to_owned());
            forms.push(encoded.to_lowercase());
            forms.push(encoded.to_uppercase());
            forms.push(encoded);
        }
    }
    forms
}

#[test]
fn a_password_is_taken_out_in_every_form() {
    for form in forms(PASSWORD) {
        let text = format!("535 bad {form} here");
        let scrubbed = scrub(&text, USER, PASSWORD);
        assert!(scrubbed.starts_with("535 bad ") && scrubbed.contains(MASK), "{form}: {scrubbed}");
        assert!(scrubbed.ends_with(" here"), "{form}: {scrubbed}");
        assert!(scrubbed.len() < "535 bad  here".len() + 16, "{form}: {scrubbed}");
    }
}

#[test]
fn a_password_that_was_cut_is_taken_out_too() {
    for form in forms(PASSWORD) {
        let chars: Vec<char> = form.chars().collect();
        // Half of it, from either end.
        let half = chars.len().div_ceil(2);
        for piece in [&chars[..half], &chars[half..]] {
            let piece: String = piece.iter().collect();
            let scrubbed = scrub(&format!("535 {piece}"), USER, PASSWORD);
            assert!(scrubbed.contains(MASK), "{piece}: {scrubbed}");
        }
    }
}

#[test]
fn other_words_stay() {
    for text in [
        "250 2.0.0 Ok: queued as 4F3A9C21D0",
        "550 5.1.1 <wang@example.cn>: Recipient address rejected: User unknown",
        "邮件已接收，编号 c0a80101-5d2e",
        "50% of 3 &c; \\ =? %zz \\u{110000} &#x;",
        "",
    ] {
        assert_eq!(scrub(text, USER, PASSWORD), text);
        assert_eq!(scrub(text, "", ""), text);
    }
    assert_eq!(scrub("535 no abc", USER, "abc"), "535 no ***");
    assert_eq!(scrub("535 AGFAYi5jbgBhYmM= x", USER, "abc"), "535 *** x");
}

proptest! {
    /// Whatever the password, its form and what stands around: nothing of four bytes is left.
    #[test]
    fn no_piece_of_a_password_is_left(
        password in "[A-Za-z0-9!@#$%&\\\\\"'<>=+/ 密码字]{4,24}",
        which in any::<prop::sample::Index>(),
        before in "[a-z ,.:=]{0,9}",
        after in "[a-z ,.:=]{0,9}",
    ) {
        let forms = forms(&password);
        let form = which.get(&forms);
        let scrubbed = scrub(&format!("{before} {form} {after}"), USER, &password);
        let plain = View::plain(&scrubbed);
        for view in [plain.unescaped().unescaped(), plain.unescaped(), plain] {
            let mut left = Vec::new();
            view.each(&written(&password)[0], 4, |place| left.push(scrubbed[place].to_owned()));
            // What stood around it may have had such a piece by chance only where it was masked.
            prop_assert!(left.is_empty(), "{left:?} in {scrubbed}");
        }
        prop_assert!(scrubbed.contains(MASK), "{form}: {scrubbed}");
    }

    /// Any text at all: an end, and no other letters than before.
    #[test]
    fn any_text_is_scrubbed(text in any::<String>(), password in any::<String>()) {
        let scrubbed = scrub(&text, USER, &password);
        prop_assert!(scrubbed.chars().all(|c| c == '*' || text.contains(c)));
    }
}
