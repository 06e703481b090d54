/* The key table: one row a key, from which the input handler, the help overlay and the documentation are made. */
#pragma once

typedef enum KeyAction {
    KEY_NONE,
    KEY_CAMERA_CHASE, KEY_CAMERA_DRIVER, KEY_CAMERA_TOP, KEY_CAMERA_WAYSIDE, KEY_CAMERA_OVERVIEW, KEY_CAMERA_AXLE,
    KEY_CAMERA_HINGE, KEY_CAMERA_FREE, KEY_CAMERA_PLAN, KEY_AXLE_NEXT,
    KEY_TRAIN_NEXT, KEY_TOP_NORTH, KEY_NEARER, KEY_FARTHER,
    KEY_TURN_LEFT, KEY_TURN_RIGHT, KEY_TURN_UP, KEY_TURN_DOWN,
    KEY_PAUSE, KEY_STEP, KEY_STEP_BACK, KEY_BACK, KEY_FORWARD, KEY_FAR_BACK, KEY_FAR_FORWARD, KEY_HOME, KEY_END, KEY_SLOWER, KEY_FASTER, KEY_EVENT_NEXT,
    KEY_EVENT_PREVIOUS, KEY_BOOKMARK, KEY_LOOP,
    KEY_PALETTE, KEY_SAVE, KEY_RELOAD,
    KEY_PATH, KEY_TRAILS, KEY_EXAGGERATE, KEY_ENVELOPE, KEY_SENSORS, KEY_BRAKING, KEY_SLIP, KEY_COMFORT,
    KEY_GHOST, KEY_TWIN, KEY_DIAGRAM, KEY_PLOTS, KEY_MAP, KEY_HIDE, KEY_LARGER, KEY_SMALLER, KEY_STILL,
    KEY_TAKE_OVER, KEY_LEVER_UP, KEY_LEVER_DOWN, KEY_COAST, KEY_WHEEL_LEFT, KEY_WHEEL_RIGHT, KEY_WHEEL_FREE, KEY_HORN,
    KEY_DOORS,
    KEY_LIST_UP, KEY_LIST_DOWN, KEY_LIST_PAGE_UP, KEY_LIST_PAGE_DOWN, KEY_LIST_FIRST, KEY_LIST_LAST, KEY_LIST_LESS,
    KEY_LIST_MORE, KEY_LIST_NUMBER, KEY_LIST_GHOST, KEY_LIST_ENTER,
    KEY_RECORD, KEY_SCREENSHOT, KEY_QUALITY, KEY_PROFILER, KEY_FULL_SCREEN, KEY_HELP, KEY_MENU,
    KEY_ACTIONS
} KeyAction;

typedef enum KeyGroup {
    KEYS_CAMERA, KEYS_PLAYBACK, KEYS_CHANGE, KEYS_DRIVE, KEYS_OVERLAY, KEYS_WINDOW, KEYS_LIST, KEY_GROUPS
} KeyGroup;

/* When a row counts; what is particular goes before what is always there. */
typedef enum KeyWhen {
    KEY_ALWAYS,
    KEY_DRIVING, /* a person drives the train that is shown; with Shift the keys mean what they mean else */
    KEY_LISTING  /* a list is open */
} KeyWhen;

typedef struct KeyRow {
    const char *key; /* as SDL_GetKeyName spells it; "0-9" is any digit */
    int shift;       /* 1: with Shift held */
    KeyWhen when;
    KeyAction action;
    KeyGroup group;
    const char *label; /* as the help prints it */
    const char *help;
} KeyRow;

int keys_count(void);
const KeyRow *keys_at(int index);
/* The action of a key; with Shift held, a row for Shift or else the plain one. KEY_NONE where no row fits. */
KeyAction keys_find(const char *sdl_key_name, int shift, KeyWhen now);
/* 1: a key held down does it again and again. */
int keys_repeat(KeyAction action);
const char *keys_group_name(KeyGroup group);
/* One line a row: how an input script writes the key, when it counts, its help; separated by tabs. */
void keys_print(void);
