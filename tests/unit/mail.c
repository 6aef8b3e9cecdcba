#include "../../core/mail.h"

#include "tap.h"

#include <stdlib.h>

static int count(const char *text, const char *piece)
{
    int n = 0;
    for (; (text = strstr(text, piece)); text++)
        n++;
    return n;
}

int main(void)
{
    struct problem p = { 0 };
    char *text = NULL;
    size_t length = 0;
    struct mail mail = { .id = "7", .from = "portal@portal.example", .from_name = "B\xC3\xBCrgerportal", .to = "ada@example.org",
                         .subject = "Gr\xC3\xBC\xC3\x9F" "e", .body = "Gr\xC3\xBC\xC3\x9F" "e\n.\nAda\n" };

    ok(mail_compose(&mail, &text, &length, &p) && strlen(text) == length, "a mail is composed");
    ok(strstr(text, "\r\nMessage-Id: <7@portal.example>\r\n"), "its id is stable");
    ok(strstr(text, "charset=utf-8") && strstr(text, "Gr=C3=BC=C3=9Fe\r\n"), "its text is UTF-8");
    ok(strstr(text, "Subject: =?"), "its subject is encoded");
    ok(strstr(text, "Auto-Submitted: auto-generated"), "no automatic answers, please");
    free(text);

    mail.subject = "x\r\nBcc: all@example.org";
    mail.from_name = "y\r\nBcc: all@example.org";
    mail.reply_to = "ada@example.org";
    ok(mail_compose(&mail, &text, &length, &p), "hostile values are taken");
    ok(count(text, "\nBcc:") == 0, "... but make no header");
    ok(strstr(text, "\r\nReply-To: ada@example.org\r\n"), "an answer goes to the writer");
    free(text);
    return done();
}
