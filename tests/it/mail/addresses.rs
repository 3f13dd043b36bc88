//! Addresses: what is taken, what is refused, and that nothing slips through.

use hongtou::mail::{Address, Mailbox};
use proptest::prelude::*;

#[test]
fn addresses_are_taken_as_they_are_meant() {
    for (written, meant) in [
        ("zhangsan@163.com", "zhangsan@163.com"),
        ("　Zhang.San+a@QQ.COM ", "Zhang.San+a@qq.com"),
        ("o'neil@b.cn", "o'neil@b.cn"),
        ("a@例子.中国", "a@xn--fsqu00a.xn--fiqs8s"),
        ("a@xn--fsqu00a.xn--fiqs8s", "a@xn--fsqu00a.xn--fiqs8s"),
        ("root@localhost", "root@localhost"),
        ("12345678@qq.com", "12345678@qq.com"),
    ] {
        // A quote is refused in the address, although the RFC has it.
        match Address::parse(written) {
            Ok(address) => assert_eq!(address.as_str(), meant),
            Err(wrong) => assert!(written.contains('\''), "{written}: {wrong:?}"),
        }
    }
    let long = format!("{}@b.cn", "a".repeat(64));
    assert!(Address::parse(&long).is_ok());
    assert_eq!(Address::parse("A@b.cn").unwrap().key(), Address::parse("a@B.cn").unwrap().key());
}

#[test]
fn tricks_and_slips_are_refused_in_words() {
    for (written, words) in [
        ("", "没有邮箱"),
        ("zhangsan", "没有“@”"),
        ("@b.cn", "“@”前面没有名称"),
        ("a@", "不是邮件服务器的名称"),
        ("a@163", "要写全，如 163.com"),
        ("a@b.cn, c@d.cn", "不是一个邮箱"),
        ("a@b.cn;c@d.cn", "不是一个邮箱"),
        ("a@b.cn、c@d.cn", "不是一个邮箱"),
        ("a@b.cn c@d.cn", "不是一个邮箱"),
        ("a@b.cn\nBcc: c@d.cn", "不是一个邮箱"),
        ("a\r\n@b.cn", "不是一个邮箱"),
        ("a@b.cn\tx", "有空格"),
        ("a b@c.cn", "有空格"),
        ("县委办 王强 a@b.cn", "没有分开；邮箱写在尖括号里：县委办 王强 <a@b.cn>"),
        ("县委办\u{3000}a@b", "县委办 <a@b>；“@”后面要写全，如 163.com"),
        ("\"a b\"@c.cn", "不能有“\"”"),
        ("a(comment)@b.cn", "不能有“(”"),
        ("<a@b.cn>", "不能有“<”"),
        ("a\\@b.cn", "不能有“\\”"),
        ("mailto:a@b.cn", "不能有“:”"),
        ("a@[127.0.0.1]", "不能有“[”"),
        ("a@127.0.0.1", "不写IP地址"),
        ("a＠b.cn", "是全角的"),
        ("ａ@b.cn", "改用半角：a@b.cn"),
        ("a@163。com", "改用半角：a@163.com"),
        ("张三@b.cn", "“@”前面有“张”"),
        ("a\u{200b}@b.cn", "U+200B"),
        ("a@b\u{202e}.cn", "U+202E"),
        ("a\0@b.cn", "U+0000"),
        (".a@b.cn", "里的点不对"),
        ("a..b@b.cn", "里的点不对"),
        ("a@b..cn", "不是邮件服务器的名称"),
        ("a@.b.cn", "不是邮件服务器的名称"),
        ("a@-b.cn", "不是邮件服务器的名称"),
        ("a@b_c.cn", "不是邮件服务器的名称"),
        (&format!("{}@b.cn", "a".repeat(65)), "“@”前面太长"),
        (&format!("a@{}.cn", "b".repeat(64)), "不是邮件服务器的名称"),
        (&format!("a@{}cn", "b.".repeat(130)), "不是邮件服务器的名称"),
    ] {
        let wrong = Address::parse(written).expect_err(written);
        let said = format!("{}；{}", wrong.message, wrong.help);
        assert!(said.contains(words), "{written:?}: {said}");
        assert!(!said.contains(['\n', '\r', '\0']), "{written:?}: {said:?}");
    }
}

#[test]
fn names_before_an_address_are_read_or_refused() {
    let good = |written: &str| {
        let Mailbox { name, address } = Mailbox::parse(written).unwrap();
        (name.unwrap_or_default(), address.to_string())
    };
    assert_eq!(good("区委办 <a@b.cn>"), ("区委办".to_owned(), "a@b.cn".to_owned()));
    assert_eq!(good("\"张三, 李四\" <a@b.cn>"), ("张三, 李四".to_owned(), "a@b.cn".to_owned()));
    assert_eq!(good("a@b.cn"), (String::new(), "a@b.cn".to_owned()));
    assert_eq!(good("<a@b.cn>"), (String::new(), "a@b.cn".to_owned()));
    for (written, words) in [
        ("区委办 <a@b.cn", "没有“>”"),
        ("区委办 a@b.cn>", "没有“<”"),
        ("甲 <a@b.cn> <c@d.cn>", "多出"),
        ("甲 <a@b.cn>, 乙 <c@d.cn>", "多出"),
        ("甲＜a@b.cn＞", "半角"),
        ("boss@b.cn <a@b.cn>", "不能有“@”"),
        ("甲\n乙 <a@b.cn>", "换行"),
        ("甲\u{202e}乙 <a@b.cn>", "U+202E"),
        ("甲 <a@b.cn, c@d.cn>", "不是一个邮箱"),
        (&format!("{} <a@b.cn>", "甲".repeat(101)), "太长"),
    ] {
        let wrong = Mailbox::parse(written).expect_err(written);
        assert!(format!("{}{}", wrong.message, wrong.help).contains(words), "{written}: {wrong:?}");
    }
}

/// Pieces that make trouble, and some that do not.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("@"),
        Just("a"),
        Just("b.cn"),
        Just("."),
        Just(","),
        Just(";"),
        Just("\r"),
        Just("\n"),
        Just("\""),
        Just("<"),
        Just(">"),
        Just(" "),
        Just("\u{3000}"),
        Just("中"),
        Just("\u{200b}"),
        Just("\0"),
        Just("例子.中国"),
        Just("xn--"),
        Just("("),
        Just("\\"),
        Just("Bcc:"),
        Just("ß"),
        Just("İ"),
        Just("。"),
        Just("＠"),
        Just("x@y.cn"),
        Just("=?utf-8?q?a?="),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    /// Whatever is typed: what is taken is one address in ASCII that is read as itself again, and
    /// cannot be more than one in an envelope or a header.
    #[test]
    fn what_is_taken_is_one_plain_address(written in prop_oneof![pieces(), any::<String>()]) {
        if let Ok(address) = Address::parse(&written) {
            let text = address.as_str();
            prop_assert!(text.bytes().all(|b| b.is_ascii_graphic()));
            prop_assert_eq!(text.matches('@').count(), 1);
            prop_assert!(!text.contains([',', ';', '<', '>', '"', '(', ')', '\\', ':', '[', ']']));
            prop_assert!(text.len() <= 254);
            let again = Address::parse(text).unwrap();
            prop_assert_eq!(again.as_str(), text);
        }
        if let Ok(Mailbox { name: Some(name), .. }) = Mailbox::parse(&written) {
            prop_assert!(!name.contains(['\n', '\r', '<', '>', '@', '\0']));
        }
    }
}
