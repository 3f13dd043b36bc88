//! Why a message was not delivered, in words and with what to do.

use std::fmt;
use std::io;

use super::harmless;

/// What the server said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// 250, 550 …
    pub code: u16,
    /// Its words, in one line.
    pub text: String,
}

impl Answer {
    /// The most characters of an answer that are kept.
    pub const LONGEST: usize = 400;

    /// What a server said, as it may be kept and shown: in one line, without what a terminal would
    /// obey, not endless.
    pub fn new(code: u16, text: &str) -> Answer {
        Answer { code, text: harmless::line(text, Answer::LONGEST) }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        if !self.text.is_empty() {
            write!(f, " {}", self.text)?;
        }
        Ok(())
    }
}

/// Whether the recipient has the message after all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Certainly not.
    NotSent,
    /// Nobody knows: everything was sent, and no answer came.
    Unknown,
}

/// What a failure concerns, and so what comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// This message, for now: later it may work.
    Later,
    /// This message, for good.
    Message,
    /// There is no line to the server: none can be sent, for now.
    Line,
    /// No message can be sent until somebody changes something.
    All,
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident $key:literal $reach:ident $title:literal $help:literal;)*) => {
        /// Why a message was not delivered.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Reason { $($(#[$doc])* $name),* }

        impl Reason {
            /// All of them.
            pub const ALL: &[Reason] = &[$(Reason::$name),*];

            /// Its name in the journal and in reports for programs.
            pub fn key(self) -> &'static str {
                match self { $(Reason::$name => $key),* }
            }

            /// What it concerns.
            pub fn reach(self) -> Reach {
                match self { $(Reason::$name => Reach::$reach),* }
            }

            /// What is wrong.
            pub fn title(self) -> &'static str {
                match self { $(Reason::$name => $title),* }
            }

            /// What to do.
            pub fn help(self) -> &'static str {
                match self { $(Reason::$name => $help),* }
            }
        }
    };
}

reasons! {
    /// The server's name leads nowhere.
    NameNotFound "name-not-found" Line "找不到发信服务器"
        "检查 hongtou.yaml 里的“服务器（server）”和网络；没有外网时写内网的服务器";
    /// Nobody listens there.
    ConnectionRefused "connection-refused" Line "发信服务器拒绝连接"
        "检查 hongtou.yaml 里的“服务器（server）”和“端口（port）”（常用465、587），或问管理员端口是否开放";
    /// No network leads there.
    Unreachable "unreachable" Line "连不上发信服务器"
        "检查网线、网络和防火墙，再运行一次";
    /// What is called localhost is another machine.
    NotLoopback "not-loopback" All "不加密（plain）只能连本机，而这个名字指向别处"
        "写“服务器: 127.0.0.1”，或改用 starttls、smtps";
    /// It does not answer.
    TimedOut "timed-out" Line "发信服务器没有应答（超时）"
        "检查网络和防火墙；465端口要写“加密: smtps”；服务器慢时加大“超时（timeout）”";
    /// 421: it will not talk now.
    TooManyConnections "too-many-connections" Line "发信服务器现在不接受连接（太忙，或连接太多、太快）"
        "过几分钟再运行一次；常这样时用“每分钟（rate）”限制每分钟的封数";
    /// The line broke.
    Dropped "dropped" Later "与发信服务器的连接断了"
        "再运行一次，会接着发";
    /// What it says is not SMTP.
    NotSmtp "not-smtp" All "对方说的不是SMTP，不像是发信服务器"
        "检查“服务器（server）”和“端口（port）”；465要写“加密: smtps”，587要写“加密: starttls”";
    /// A reply to one message that nobody understands.
    Garbled "garbled" Later "发信服务器的答复读不懂"
        "再运行一次，会接着发；总这样时把服务器的说法转给它的管理员";
    /// It offers no TLS.
    NoTls "no-tls" All "发信服务器不提供加密（STARTTLS），没有登录，也没有发送"
        "465端口写“加密: smtps”；不然请管理员给服务器装证书。不能不加密地发";
    /// TLS did not come about.
    TlsFailed "tls-failed" All "与发信服务器商定加密时失败"
        "检查“端口（port）”和“加密（security）”是否相配；服务器太旧（只有TLS 1.1及以下）时请管理员升级";
    /// Nobody we trust signed its certificate.
    CertificateUntrusted "certificate-untrusted" All "发信服务器的证书不可信"
        "单位自建的服务器：向管理员要根证书（PEM），在 hongtou.yaml 的“邮件（mail）”里写“根证书: ./根证书.pem”；公共邮箱出现这种情况要小心，可能有人冒充";
    /// It has run out.
    CertificateExpired "certificate-expired" All "发信服务器的证书已过期"
        "请管理员更新证书；也检查本机的日期对不对";
    /// It is of the future.
    CertificateNotYetValid "certificate-not-yet-valid" All "发信服务器的证书还没有生效"
        "检查本机的日期对不对；不然请管理员换证书";
    /// It is another's.
    CertificateWrongName "certificate-wrong-name" All "发信服务器的证书是发给别的名字的"
        "“服务器（server）”要写证书上的名字，一般是全名，如 mail.example.gov.cn，不写IP地址";
    /// Something else is wrong with it.
    CertificateBad "certificate-bad" All "发信服务器的证书有问题"
        "把下面的说法转给管理员";
    /// No way to log in that is known here.
    NoLogin "no-login" All "发信服务器不接受用密码登录"
        "检查“端口（port）”（发信一般是465或587，不是25）；或删去“用户（user）”，不登录就发";
    /// 535.
    WrongPassword "wrong-password" All "用户名或密码不对"
        "检查“用户（user）”和密码；QQ、163等邮箱要用网页里生成的授权码，不是登录密码，还要开通SMTP";
    /// 454: it cannot check the password now.
    LoginLater "login-later" Line "发信服务器现在不能核对密码"
        "过几分钟再运行一次";
    /// 530: it wants a login.
    LoginRequired "login-required" All "发信服务器要求先登录"
        "在 hongtou.yaml 的“邮件（mail）”里写“用户（user）”，并存好密码（hongtou send password）";
    /// 5xx before anything was asked.
    Shut "shut" All "发信服务器不许这台机器连接"
        "看服务器的说法，问管理员；内网的服务器可能只许某些地址";
    /// The sender may not send.
    SenderRefused "sender-refused" All "发信服务器不接受这个发件人"
        "“发件人（sender）”一般要与登录的用户一致；检查拼写，或请管理员开通";
    /// The message is larger than the server takes.
    TooLarge "too-large" Message "邮件太大，服务器不收"
        "只寄DOCX不寄PDF，压缩图片，或请管理员放宽限制";
    /// 450, 451: not yet.
    Greylisted "greylisted" Later "收件方暂时不收（常是灰名单：要过一会再试）"
        "不用做什么：会自动再试；以后再运行也会接着试";
    /// 452.
    NoRoom "no-room" Later "收件人的邮箱满了，或服务器空间不够"
        "请收件人清理邮箱，以后再运行一次";
    /// 552 5.2.2.
    MailboxFull "mailbox-full" Message "收件人的邮箱满了"
        "请收件人清理邮箱，以后再运行一次";
    /// 421 and other 4xx at a message.
    Busy "try-later" Later "服务器说暂时不行"
        "以后再运行一次，会接着发";
    /// 550 5.1.1 and the like.
    NoSuchUser "no-such-user" Message "没有这个收件人"
        "核对 recipients.yaml 里的地址，改正后再运行一次";
    /// The server does not take mail for this address.
    RecipientRefused "recipient-refused" Message "服务器不收给这个地址的邮件"
        "核对地址；单位的服务器可能只许登录后往外发（写“用户（user）”）";
    /// The content was not liked.
    ContentRefused "content-refused" Message "服务器拒收这封邮件（可能当作了垃圾邮件）"
        "看服务器的说法；请对方管理员把发件人列入白名单";
    /// Any other 5xx.
    Refused "refused" Message "服务器拒收这封邮件"
        "看服务器的说法，改正后再运行一次";
    /// All was sent and no answer came.
    NoAnswer "no-answer" Later "邮件已全部送出，但没有收到服务器看得懂的答复：不知道收到没有"
        "问收件人收到没有；没有收到，再用 --resend-unknown 补发";
    /// The message cannot be put on the line: an address that SMTP does not take.
    Unsendable "unsendable" Message "这封邮件不能用SMTP发送"
        "核对收件人的地址";
    /// The journal could not be written before the end of the message, so the end was not sent.
    Journal "journal" All "发送记录写不下去，没有再发"
        "检查存档所在的磁盘满没满、能不能写，再运行一次";
}

impl Reason {
    /// Reads [`Reason::key`].
    pub fn from_key(key: &str) -> Option<Reason> {
        Reason::ALL.iter().copied().find(|reason| reason.key() == key)
    }
}

/// A message that was not delivered, as far as we know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Why.
    pub reason: Reason,
    /// Whether it arrived all the same.
    pub fate: Fate,
    /// What the server said, if it said something.
    pub answer: Option<Answer>,
    /// What the system or TLS said, in their words.
    pub detail: Option<String>,
    /// What it concerns: as its reason says, unless the line was not even open.
    pub reach: Reach,
}

impl Fault {
    /// A failure that left nothing with the server.
    pub fn new(reason: Reason) -> Fault {
        Fault { reason, fate: Fate::NotSent, answer: None, detail: None, reach: reason.reach() }
    }

    /// With what the server said.
    pub fn answered(reason: Reason, answer: Answer) -> Fault {
        Fault { answer: Some(answer), ..Fault::new(reason) }
    }

    /// With what the system said.
    pub fn because(reason: Reason, detail: impl fmt::Display) -> Fault {
        let detail = detail.to_string();
        // Where a library's page explains it in English is no help to an editor.
        let detail = detail.split(": https://").next().unwrap_or_default();
        // It may repeat what a stranger wrote: the names in a certificate.
        let detail = harmless::line(detail, Answer::LONGEST);
        Fault { detail: Some(detail), ..Fault::new(reason) }
    }

    /// With what the system says of a file or the line.
    pub fn system(reason: Reason, error: &io::Error) -> Fault {
        Fault::because(reason, crate::diagnostic::system(error))
    }

    /// What the other side said, the server's words before the system's.
    pub fn said(&self) -> Option<String> {
        self.answer.as_ref().map(Answer::to_string).or_else(|| self.detail.clone())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.reason.title())?;
        match (&self.answer, &self.detail) {
            (Some(answer), _) => write!(f, "（服务器的说法：{answer}）"),
            (None, Some(detail)) => write!(f, "（系统的说法：{detail}）"),
            (None, None) => Ok(()),
        }
    }
}

impl std::error::Error for Fault {}
