/* The scenarios that there are, with names, what they show, and the shape of their line. */
#pragma once
#include "render/hud.h"

enum { CHOOSER_MAX = 250, CHOOSER_TEXT_MAX = 160, CHOOSER_SKETCH_MAX = 256 };

typedef struct ChooserItem {
    char file[1024], name[ART_NAME_MAX], about[CHOOSER_TEXT_MAX];
} ChooserItem;

typedef struct Chooser {
    ChooserItem items[CHOOSER_MAX];
    int count, selected;
    int sketched; /* the item that the sketch is of, -1 none */
    HudPoint sketch[CHOOSER_SKETCH_MAX];
    int sketch_count;
} Chooser;

/* Looks through a folder and those below it, by name. */
void chooser_open(Chooser *chooser, const char *folder);
/* Makes the sketch of the selected scenario's line. */
void chooser_look(Chooser *chooser);
int chooser_rows(const Chooser *chooser, HudRow *rows);
