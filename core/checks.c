#include "checks.h"

#include "email_address.h"

#include <ctype.h>
#include <glib.h>
#include <stdio.h>
#include <string.h>

static bool readable(const char *value, const char *breaks)
{
    bool blank = true;
    for (; *value; value = g_utf8_next_char(value)) {
        gunichar c = g_utf8_get_char(value);
        bool is_break = c < 128 && strchr(breaks, (int)c);
        /* Format characters may turn the reading direction round: what is shown has to be what is stored. */
        bool turns = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        if ((g_unichar_iscntrl(c) && !is_break) || turns || c == 0x2028 || c == 0x2029)
            return false;
        blank = blank && g_unichar_isspace(c);
    }
    return !blank;
}

bool check_line(const char *value)
{
    return readable(value, "");
}

bool check_text(const char *value)
{
    return readable(value, "\n\r\t");
}

bool check_email(const char *value)
{
    return email_address_valid(value);
}

static bool shaped(const char *value, const char *shape, int (*is)(int))
{
    for (; *shape; shape++, value++)
        if (*shape == 'x' ? !is((unsigned char)*value) : *value != *shape)
            return false;
    return *value == '\0';
}

bool check_date(const char *value)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int year, month, day;

    if (!shaped(value, "xxxx-xx-xx", isdigit) || sscanf(value, "%4d-%2d-%2d", &year, &month, &day) != 3)
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] + (month == 2 && leap);
}

bool check_uuid(const char *value)
{
    return shaped(value, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", isxdigit);
}
