/* Where the three faces lie: fontconfig's best match for the wanted family, taken only if it is that family, since
   fontconfig always answers with something. */
#include "render/font.h"
#include <fontconfig/fontconfig.h>
#include <string.h>
#include <strings.h>

typedef struct Wish {
    const char *family;
    int weight;
} Wish;

static int family_matches(FcPattern *match, const char *family)
{
    FcChar8 *name;
    for (int i = 0; FcPatternGetString(match, FC_FAMILY, i, &name) == FcResultMatch; i++) {
        if (strcasecmp((const char *)name, family) == 0) return 1;
    }
    return 0;
}

static void find_one(FcConfig *config, const Wish *wish, FontFile *file)
{
    file->path[0] = '\0';
    file->index = 0;
    FcPattern *pattern = FcPatternCreate();
    if (!pattern) return;
    FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)wish->family);
    FcPatternAddInteger(pattern, FC_WEIGHT, wish->weight);
    FcPatternAddInteger(pattern, FC_SLANT, FC_SLANT_ROMAN);
    FcConfigSubstitute(config, pattern, FcMatchPattern);
    FcDefaultSubstitute(pattern);

    FcResult result;
    FcPattern *match = FcFontMatch(config, pattern, &result);
    FcChar8 *path;
    int index;
    if (match && family_matches(match, wish->family) && FcPatternGetString(match, FC_FILE, 0, &path) == FcResultMatch &&
        strlen((const char *)path) < sizeof file->path) {
        strcpy(file->path, (const char *)path);
        if (FcPatternGetInteger(match, FC_INDEX, 0, &index) == FcResultMatch) file->index = index & 0xFFFF;
    }
    if (match) FcPatternDestroy(match);
    FcPatternDestroy(pattern);
}

void font_find(FontFile files[FONT_FACES])
{
    static const Wish wishes[FONT_FACES] = {
        [FONT_REGULAR] = {"DejaVu Sans", FC_WEIGHT_REGULAR},
        [FONT_BOLD] = {"DejaVu Sans", FC_WEIGHT_BOLD},
        [FONT_CJK] = {"Noto Sans CJK SC", FC_WEIGHT_REGULAR},
    };
    FcConfig *config = FcInitLoadConfigAndFonts();
    for (int face = 0; face < FONT_FACES; face++) {
        if (config) {
            find_one(config, &wishes[face], &files[face]);
        } else {
            files[face] = (FontFile){.path = "", .index = 0};
        }
    }
    if (config) FcConfigDestroy(config);
}
