/* Colours of the window's panels, text and series. Text colours keep a contrast of at least 4.5 on UI_PANEL over any
   picture (tested); UI_LIMIT is for marks, UI_LIMIT_TEXT for words. */
#pragma once
#include "render/ui_draw.h"

#define UI_PANEL ((UiColour){0.047f, 0.059f, 0.086f, 0.80f})
#define UI_CARD ((UiColour){1.0f, 1.0f, 1.0f, 0.07f})
#define UI_TRACK ((UiColour){1.0f, 1.0f, 1.0f, 0.13f})
#define UI_SHADE ((UiColour){0.02f, 0.03f, 0.05f, 0.55f})
#define UI_TEXT ((UiColour){0.949f, 0.957f, 0.965f, 1.0f})
#define UI_DIM ((UiColour){0.740f, 0.785f, 0.840f, 1.0f})
#define UI_INK ((UiColour){0.024f, 0.039f, 0.063f, 1.0f}) /* words on a bright chip */
#define UI_ACCENT ((UiColour){0.302f, 0.780f, 0.949f, 1.0f})
#define UI_WARNING ((UiColour){1.0f, 0.659f, 0.122f, 1.0f})
#define UI_LIMIT ((UiColour){0.949f, 0.322f, 0.247f, 1.0f})
#define UI_LIMIT_TEXT ((UiColour){1.0f, 0.620f, 0.570f, 1.0f})
#define UI_GOOD ((UiColour){0.200f, 0.800f, 0.549f, 1.0f})
#define UI_PAPER ((UiColour){0.949f, 0.957f, 0.965f, 1.0f})

/* Okabe and Ito's eight colours without black; the axles take them in turn. */
enum { UI_SERIES_COLOURS = 7 };
static inline UiColour ui_series_colour(int index)
{
    static const UiColour colours[UI_SERIES_COLOURS] = {
        {0.902f, 0.624f, 0.000f, 1.0f}, {0.337f, 0.706f, 0.914f, 1.0f}, {0.000f, 0.700f, 0.510f, 1.0f},
        {0.941f, 0.894f, 0.259f, 1.0f}, {0.800f, 0.475f, 0.655f, 1.0f}, {0.890f, 0.420f, 0.050f, 1.0f},
        {0.380f, 0.560f, 0.900f, 1.0f},
    };
    return colours[index % UI_SERIES_COLOURS];
}
