/* UTF-8 decoding after the Unicode standard, table 3-7 (well-formed byte sequences) and its recommendation of one
   U+FFFD for each maximal part of an ill-formed sequence. Ignores: normalisation, combining, right-to-left. */
#include "render/font.h"

uint32_t utf8_next(const char **text)
{
    const unsigned char *at = (const unsigned char *)*text;
    unsigned lead = at[0];
    if (lead == 0) return 0;
    *text += 1;
    if (lead < 0x80) return lead;

    // length, payload and the allowed range of the second byte follow from the lead byte
    if (lead < 0xC2 || lead > 0xF4) return UTF8_REPLACEMENT;
    int more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    unsigned low = lead == 0xE0 ? 0xA0u : lead == 0xF0 ? 0x90u : 0x80u;
    unsigned high = lead == 0xED ? 0x9Fu : lead == 0xF4 ? 0x8Fu : 0xBFu;
    uint32_t code = lead & (0x3Fu >> more);

    for (int i = 1; i <= more; i++) {
        unsigned byte = at[i];
        if (byte < low || byte > high) return UTF8_REPLACEMENT;
        code = code << 6 | (byte & 0x3Fu);
        low = 0x80;
        high = 0xBF;
        *text += 1;
    }
    return code;
}
