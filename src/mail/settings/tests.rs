use super::*;
use crate::diagnostic::to_json;
use crate::yaml::parse;

fn try_read(text: &str) -> Result<Settings, String> {
    let mut sources = Sources::default();
    let file = sources.add("hongtou.yaml", text);
    let node = parse(file, text).expect("yaml");
    // Each finding with its code and its place: "settings/bad-value 1:9 …".
    read(&sources, &node).map_err(|findings| {
        let json: serde_json::Value = serde_json::from_str(&to_json(&sources, &findings)).unwrap();
        let told = json.as_array().unwrap().iter().map(|one| {
            let text = |field: &str| one[field].as_str().unwrap_or_default();
            let (code, line, column) = (text("code"), &one["line"], &one["column"]);
            format!("{code} {line}:{column} {}；{}\n", text("message"), text("help"))
        });
        told.collect()
    })
}

#[track_caller]
fn good(text: &str) -> Settings {
    try_read(text).unwrap_or_else(|said| panic!("{said}"))
}

#[track_caller]
fn bad(text: &str, words: &[&str]) -> String {
    let said = try_read(text).expect_err(text);
    words.iter().for_each(|word| assert!(said.contains(word), "{word} not in\n{said}"));
    said
}

#[test]
fn little_is_enough() {
    let settings = good("server: smtp.163.com\nsender: a@163.com\n");
    assert_eq!((settings.port, settings.security), (465, Security::Smtps));
    assert_eq!((settings.keeper, settings.retries), (Keeper::Environment, 4));
    assert_eq!((settings.user, settings.rate, settings.ca), (None, None, None));
}

#[test]
fn everything_can_be_said_in_chinese() {
    let settings = good(
        "服务器: mail.b.cn\n端口: 2587\n加密: starttls\n根证书: ./ca.pem\n发件人: a@b.cn\n\
         发件人名称: 甲区创城办\n用户: a\n密码文件: ./密码\n每分钟: 30\n重试次数: 2\n重试间隔: 5\n超时: 9\n",
    );
    assert_eq!((settings.port, settings.security), (2587, Security::Starttls));
    assert_eq!(settings.ca.unwrap().value, "./ca.pem");
    assert_eq!(settings.user.as_deref(), Some("a"));
    assert!(matches!(settings.keeper, Keeper::File(file) if file.value == "./密码"));
    assert_eq!((settings.rate, settings.retries), (Some(30), 2));
    assert_eq!((settings.retry_pause.as_secs(), settings.timeout.as_secs()), (5, 9));
    assert_eq!(good("server: a\nsender: a@b.cn\n系统密码库: 是\n").keeper, Keeper::Keyring);
}

#[test]
fn port_and_security_follow_from_each_other() {
    for (written, port, security) in [
        ("port: 465", 465, Security::Smtps),
        ("port: 587", 587, Security::Starttls),
        ("port: 25", 25, Security::Starttls),
        ("security: starttls", 587, Security::Starttls),
        ("security: ssl", 465, Security::Smtps),
        ("{port: 2465, security: smtps", 2465, Security::Smtps),
    ] {
        let written = written.trim_start_matches('{').replace(", ", "\n");
        let settings = good(&format!("server: a.cn\nsender: a@b.cn\n{written}\n"));
        assert_eq!((settings.port, settings.security), (port, security), "{written}");
    }
}

#[test]
fn only_this_machine_may_be_spoken_to_in_clear() {
    for server in ["localhost", "127.0.0.1", "'::1'"] {
        good(&format!("server: {server}\nsender: a@b.cn\nsecurity: plain\n"));
    }
    for server in ["mail.b.cn", "192.168.0.1", "localhost.b.cn"] {
        let text = format!("server: {server}\nsender: a@b.cn\nsecurity: plain\n");
        bad(&text, &["settings/unencrypted 3:11 ", "starttls"]);
    }
    // Nothing but the word itself takes the guard away.
    assert_eq!(good("server: localhost\nsender: a@b.cn\nport: 25\n").security, Security::Starttls);
}

#[test]
fn a_password_is_refused_and_not_shown() {
    for text in [
        "server: a\npassword: 天书-s3cret\nsender: a@b.cn\n",
        "{服务器: a, 授权码: 天书-s3cret, 发件人: 不是地址}",
        "口令: [天书-s3cret]\n",
    ] {
        let said = bad(text, &["settings/password", "send password", "HONGTOU_SMTP_PASSWORD"]);
        assert!(!said.contains("s3cret"), "{said}");
    }
}

#[test]
fn all_errors_are_said_with_their_places() {
    bad(
        "server: smtp://a.cn:25\nport: 70000\nsecurity: tls1\nsender: 甲 <a@b.cn>\nrate: 0\nusr: a\n",
        &[
            "settings/bad-value 1:9 ",
            "settings/out-of-range 2:7 ",
            "写1到65535之间",
            "settings/bad-value 3:11 ",
            "settings/out-of-range 5:7 ",
            "settings/unknown-key 6:1 ",
            "“user”",
        ],
    );
    bad("port: 25\n", &["settings/missing-key", "服务器"]);
    bad(
        "server: a\nsender: a@b.cn\nkeyring: 是\npassword_file: x\n",
        &["settings/conflicting-keys"],
    );
    bad("server: a\nsender: a@b.cn\nuser: \"甲\\nBcc: x@y.cn\"\n", &["settings/line-break"]);
}
