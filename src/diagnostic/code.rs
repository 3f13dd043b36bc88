//! What kind of mistake a finding is about: one name for each, for programs and tests. It stays when
//! the sentence that an editor reads is put better.

use std::fmt;

/// A file that people write, all of which have keys and values. The mistakes that can be made in
/// each have one code for each: `issue/unknown-key`, `layout/unknown-key`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FileKind {
    /// The content of one issue.
    Issue,
    /// `hongtou.yaml` and what it names for the whole office: registries.
    Settings,
    /// A layout.
    Layout,
    /// To whom the bulletin goes; also a table that is to be imported.
    Recipients,
}

/// Writes down the codes: those of every kind of file, without the part before the slash, and those
/// that only one place has.
macro_rules! codes {
    (
        every file { $($shared:ident $name:literal $about:literal;)* }
        one place { $($own:ident $code:literal $meaning:literal;)* }
    ) => {
        /// What kind of mistake a finding is about. Its [name](Code::name) says where it is met, and
        /// what it is: `font/missing-glyph`. Names stay; new ones may come.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $about] $shared(FileKind),)*
            $(#[doc = $meaning] $own,)*
        }

        impl Code {
            /// All of them, in the order of the table.
            pub const ALL: &[Code] = &[
                $(
                    Code::$shared(FileKind::Issue),
                    Code::$shared(FileKind::Settings),
                    Code::$shared(FileKind::Layout),
                    Code::$shared(FileKind::Recipients),
                )*
                $(Code::$own,)*
            ];

            /// Its name, which stays.
            pub const fn name(self) -> &'static str {
                match self {
                    $(
                        Code::$shared(FileKind::Issue) => concat!("issue/", $name),
                        Code::$shared(FileKind::Settings) => concat!("settings/", $name),
                        Code::$shared(FileKind::Layout) => concat!("layout/", $name),
                        Code::$shared(FileKind::Recipients) => concat!("recipients/", $name),
                    )*
                    $(Code::$own => $code,)*
                }
            }

            /// What it means, in a line.
            pub const fn meaning(self) -> &'static str {
                match self {
                    $(Code::$shared(_) => $about,)*
                    $(Code::$own => $meaning,)*
                }
            }
        }
    };
}

codes! {
    every file {
        UnknownKey "unknown-key" "A key that has no place there.";
        MissingKey "missing-key" "A key that must be there is not.";
        ConflictingKeys "conflicting-keys" "Two keys of which only one may be written.";
        EmptyValue "empty-value" "A key, a text or a list with nothing in it.";
        WrongKind "wrong-kind" "A text where a list or keys are wanted, or the other way round.";
        BadValue "bad-value" "A value that has not the form, or is none of the words, that the key takes.";
        OutOfRange "out-of-range" "A number or a length that is too small or too large.";
        LineBreak "line-break" "A line break in what must be written on one line.";
        TooLong "too-long" "A text that is too long.";
    }

    one place {
        YamlSyntax "yaml/syntax" "The file is not YAML: reading stops there.";
        YamlIndentation "yaml/indentation" "A line stands too far left or right, or is indented with other than spaces.";
        YamlQuotes "yaml/quotes" "A quotation mark without its other, text after the closing one, or a backslash between them.";
        YamlBrackets "yaml/brackets" "A bracket without its other, or no comma between two values.";
        YamlColon "yaml/colon" "A colon that is full-width, or has no space after it.";
        YamlDash "yaml/dash" "The dash of a list that is full-width, has no space after it, or stands elsewhere.";
        YamlSign "yaml/sign" "A text that begins with a sign of YAML's and is not in quotation marks.";
        YamlComment "yaml/comment" "Words after `#`, which YAML takes for a comment.";
        YamlCharacter "yaml/character" "A control character.";
        YamlTooLarge "yaml/too-large" "A file that is too long, has too many values, or too deep ones.";
        YamlSecondDocument "yaml/second-document" "A second document in one file, after `---`.";
        YamlDuplicateKey "yaml/duplicate-key" "One key twice, under one name or two.";
        YamlMergeKey "yaml/merge-key" "YAML's `<<`, which is not read.";
        YamlBadKey "yaml/bad-key" "A key that is no text.";

        EditNotThere "edit/not-there" "There is no value at the place that was to be changed.";
        EditWrongKind "edit/wrong-kind" "The value there is of another kind than the change needs.";
        EditKeyTaken "edit/key-taken" "The key is there already.";
        EditIntoItself "edit/into-itself" "A value was to be moved into itself.";
        EditComment "edit/comment" "A comment would be lost.";
        EditNotKept "edit/not-kept" "The changed file would not say what was asked for.";

        IssueNoContent "issue/no-content" "An issue, an item or an element of its text that says nothing.";
        IssueJoinedList "issue/joined-list" "Names that YAML takes for one, for want of commas or dashes.";
        IssueParagraphBreak "issue/paragraph-break" "A line break, hence a paragraph, after which the sentence goes on.";
        IssueEmphasis "issue/emphasis" "`**` without its other, or where no emphasis may be.";
        IssueOwnNumber "issue/own-number" "A number that the program sets, typed too.";
        IssuePrintedByLayout "issue/printed-by-layout" "Words that the layout prints, typed too.";
        IssueSpace "issue/space" "A space between two Chinese characters.";
        IssueDash "issue/dash" "Hyphens or box drawing instead of a dash.";
        IssueFullStops "issue/full-stops" "Full stops in a row.";
        IssueStraightQuotes "issue/straight-quotes" "Straight quotation marks that do not pair.";
        IssueCharacter "issue/character" "A character that cannot be printed.";
        IssueNotPrinted "issue/not-printed" "Something that the layout has no place for.";
        IssueEmptyContents "issue/empty-contents" "Contents are wanted, and no item has a headline.";

        SettingsNotFound "settings/not-found" "There is no `hongtou.yaml`.";
        SettingsRegisteredTwice "settings/registered-twice" "A name or a code of a registry that is another's already.";
        SettingsPassword "settings/password" "A password written in `hongtou.yaml`.";
        SettingsUnencrypted "settings/unencrypted" "Mail through another computer without encryption.";

        LayoutNotFound "layout/not-found" "No layout of that name comes with the program.";
        LayoutTemplate "layout/template" "A text with fields that is not well formed, or has a field that is not known there.";
        LayoutUnknownRole "layout/unknown-role" "A role that does not exist, or not there.";
        LayoutUnknownInk "layout/unknown-ink" "A colour that the layout does not define.";
        LayoutBase "layout/base" "A style that stands on itself, or on none.";
        LayoutNoStyle "layout/no-style" "A role that is printed and has no style.";
        LayoutNoPlace "layout/no-place" "What every issue has is not given a place.";
        LayoutTwice "layout/twice" "One thing given two places or styles.";
        LayoutNoRoom "layout/no-room" "Sizes that do not go together: what is to stand in a place is larger than it.";

        FontMissingGlyph "font/missing-glyph" "A character that no font has.";
        FontUnusable "font/unusable" "A font or a folder of fonts that cannot be used.";
        PageTooTall "page/too-tall" "A title, the head or the colophon does not fit on a page.";
        PdfForbidden "pdf/forbidden" "The PDF would break a rule of its standard.";
        PdfUnreadable "pdf/unreadable" "A PDF that cannot be read.";
        DocxEmbedding "docx/embedding" "Fonts are to be embedded that must not be, or that the program has not.";
        DocxUnlikeLayout "docx/unlike-layout" "What the layout wants and a DOCX cannot do.";
        DocxUnwritten "docx/unwritten" "The DOCX cannot be written.";

        RecipientsNotFound "recipients/not-found" "There is no list of recipients.";
        RecipientsNone "recipients/none" "A list, a group or a table without anybody in it.";
        RecipientsDuplicate "recipients/duplicate" "A group or an address that is on the list already.";
        RecipientsNoName "recipients/no-name" "A group without a name, or with none that can be one.";
        RecipientsNoAddress "recipients/no-address" "A recipient without an address.";
        RecipientsPaperOnly "recipients/paper-only" "A group that gets paper only, and has addresses.";
        RecipientsUnknownGroup "recipients/unknown-group" "A group that the list has not.";
        RecipientsUnlisted "recipients/unlisted" "A group that the issue prints, and the list has not.";
        RecipientsUnprinted "recipients/unprinted" "A group of the list that the issue does not print.";
        RecipientsPerson "recipients/person" "A unit, a name or a format of a recipient that cannot be read.";
        RecipientsColumn "recipients/column" "A column of a table that is missing, there twice, or not imported.";
        RecipientsLabel "recipients/label" "It is not known how a group is printed.";
        RecipientsDiffers "recipients/differs" "The table says something else than the list.";
        RecipientsLocked "recipients/locked" "The list is written so that nothing can be added by itself.";
        RecipientsEncoding "recipients/encoding" "A table that is no CSV, or in an unknown encoding.";

        MailAddress "mail/address" "An address that is none, or that no server would take.";
        MailTemplate "mail/template" "The subject or the text of the mail is not well formed.";
        MailNoServer "mail/no-server" "It is not said by which server mail is sent.";
        MailNoSender "mail/no-sender" "It is not said from whom mail is.";
        MailNoUser "mail/no-user" "It is not said who logs in.";
        MailNoPassword "mail/no-password" "There is no password.";
        MailPasswordFile "mail/password-file" "The file with the password cannot be read, is empty, or others can read it.";
        MailKeyring "mail/keyring" "The system's keyring cannot be used.";
        MailUnconfirmed "mail/unconfirmed" "Nobody has said yes to the server.";
        MailConfirmations "mail/confirmations" "The file of servers said yes to cannot be used.";
        MailCertificate "mail/certificate" "The root certificate cannot be used.";
        MailDelivery "mail/delivery" "The server did not take the message.";
        MailTooLarge "mail/too-large" "A message that is larger than is allowed.";
        MailNoFile "mail/no-file" "A recipient wants a format that this issue is not kept in.";
        MailNobody "mail/nobody" "Who is named gets nothing of this issue.";
        MailLeft "mail/left" "Who got an earlier revision and is on the list no more.";
        MailNotArchived "mail/not-archived" "The issue is not in the archive.";
        MailSuperseded "mail/superseded" "A correction has replaced what was to be sent.";
        MailChanged "mail/changed" "The issue or its settings are not any more what was archived.";
        MailNeverSent "mail/never-sent" "It was not sent.";
        MailJournal "mail/journal" "The journal of who got what cannot be read or written.";
        MailJournalTorn "mail/journal-torn" "The last line of the journal was not written to its end.";
        MailFolder "mail/folder" "The folder for messages has others in it, or cannot be written.";

        ArchiveNotFound "archive/not-found" "There is no archive.";
        ArchiveEmpty "archive/empty" "An archive with nothing in it.";
        ArchiveNoSuch "archive/no-such" "An issue, a revision, a bulletin or a file that the archive has not.";
        ArchiveAmbiguous "archive/ambiguous" "Several issues or bulletins fit.";
        ArchiveExists "archive/exists" "That revision is there already.";
        ArchiveDiffers "archive/differs" "That issue is there already, with other content.";
        ArchiveSuperseded "archive/superseded" "That content is there, and was corrected since.";
        ArchiveNothingToCorrect "archive/nothing-to-correct" "A correction of what is not there.";
        ArchiveDamaged "archive/damaged" "A file of the archive is not what it should be.";
        ArchiveUnreadable "archive/unreadable" "A file of the archive cannot be read or written.";
        ArchiveNoSeries "archive/no-series" "It is not said what the bulletin is called in the archive.";
        ArchiveSameIssue "archive/same-issue" "Two files are of the same issue.";
        ArchiveOtherBulletin "archive/other-bulletin" "Another bulletin is kept under that name.";
        ArchiveGap "archive/gap" "Numbers are missing between this issue and the last.";
        ArchiveOddNumber "archive/odd-number" "A number that does not go with those before and after.";
        ArchiveOddDate "archive/odd-date" "A date that does not go with those before and after.";
        ArchiveOddTotal "archive/odd-total" "A total number that does not go with those before and after.";
        ArchiveStore "archive/store" "The object store cannot be used: its address, its keys, or this program.";
        ArchiveForeign "archive/foreign" "The folder for the web page has other files, or links, in it.";
        ArchiveBusy "archive/busy" "Another program is writing there.";
        ArchiveExport "archive/export" "The web page cannot be written.";

        FileNotFound "file/not-found" "There is no such file.";
        FileDenied "file/denied" "The user may not read or write there.";
        FileNoFile "file/no-file" "A folder, a pipe or a device where a file should be, or the other way round.";
        FileDeadLink "file/dead-link" "A link to nowhere.";
        FileTooLarge "file/too-large" "A file that is too large.";
        FileEncoding "file/encoding" "A text that is not UTF-8.";
        FileDiskFull "file/disk-full" "The disk is full.";
        FileUnreadable "file/unreadable" "A file or a folder that cannot be read.";
        FileUnwritable "file/unwritable" "A file that cannot be written.";
        FileDiffers "file/differs" "Files of that name are there, with other content.";
        FileNoIssue "file/no-issue" "A PDF or a DOCX where an issue's content is wanted.";

        UsageNoInput "usage/no-input" "Nothing is named to work on.";
        UsageBadValue "usage/bad-value" "An option or an argument with a value that it does not take.";

        More "findings/more" "Stands for findings that are not listed.";
        Fault "program/fault" "A mistake of the program.";
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
