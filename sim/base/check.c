/* Complaints of the core: a bounded list of section, key and reason. Ignores: file and line, which sim/io adds. */
#include "sim/base/check.h"

/* Appends at most to the end of the section's buffer; returns the new length. */
static int text_append(char *text, int length, int size, const char *addition)
{
    while (*addition && length < size - 1) text[length++] = *addition++;
    text[length] = '\0';
    return length;
}

void complain(Complaints *list, const char *section, int number, const char *key, const char *why)
{
    int index = list->count++;
    if (index >= COMPLAINTS_MAX) return;
    Complaint *item = &list->items[index];

    /* the number's digits, last one first */
    char digits[16];
    int place = (int)sizeof digits - 1;
    digits[place] = '\0';
    for (int rest = number; rest > 0; rest /= 10) digits[--place] = (char)('0' + rest % 10);

    /* a name too long for the buffer is cut, its number never is */
    int size = (int)sizeof item->section;
    int tail = number > 0 ? (int)sizeof digits - place : 0;
    int length = text_append(item->section, 0, size - tail, section);
    if (number > 0) {
        length = text_append(item->section, length, size, ".");
        text_append(item->section, length, size, digits + place);
    }
    item->key = key;
    item->why = why;
    item->names = COMPLAINT_NO_NAME;
    item->name[0] = '\0';
    item->unit = 0;
    item->least = 0.0;
}

void complain_least(Complaints *list, const char *section, const char *key, const char *why, double least,
                    const char *unit)
{
    complain(list, section, 0, key, why);
    if (list->count > COMPLAINTS_MAX) return;
    list->items[list->count - 1].unit = unit;
    list->items[list->count - 1].least = least;
}

void complaint_move(Complaint *item, const char *section, const char *key, ComplaintNames names, const char *name,
                    size_t length)
{
    text_append(item->section, 0, (int)sizeof item->section, section);
    item->key = key;
    item->names = (int)names;
    size_t kept = length < sizeof item->name ? length : sizeof item->name - 1;
    for (size_t i = 0; i < kept; i++) item->name[i] = name[i];
    item->name[kept] = '\0';
}

void complain_name(Complaints *list, const char *section, int number, const char *key, ComplaintNames names, const char *name,
                   size_t length)
{
    static const char *const why[] = {
        [COMPLAINT_NO_NAME] = "", [COMPLAINT_STATION] = "is no station of the route",
        [COMPLAINT_TRACK] = "begins no leg, it is no track of the route",
        [COMPLAINT_LEG] = "is no leg", [COMPLAINT_TYRE] = "is the name of no [tyre.NAME]"};
    complain(list, section, number, key, why[names]);
    if (list->count > COMPLAINTS_MAX) return;
    Complaint *item = &list->items[list->count - 1];
    complaint_move(item, item->section, key, names, name, length);
}
