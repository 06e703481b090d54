/* The key table. A new key is a new row: the input handler, the help overlay and the list of --keys read it. */
#include "render/keys.h"
#include <stdio.h>
#include <string.h>

static const KeyRow rows[] = {
    {"1", 0, KEY_ALWAYS, KEY_CAMERA_CHASE, KEYS_CAMERA, "1", "Chase: behind the train"},
    {"2", 0, KEY_ALWAYS, KEY_CAMERA_DRIVER, KEYS_CAMERA, "2", "Driver: from the cab"},
    {"3", 0, KEY_ALWAYS, KEY_CAMERA_TOP, KEYS_CAMERA, "3", "Top: heading up"},
    {"3", 1, KEY_ALWAYS, KEY_TOP_NORTH, KEYS_CAMERA, "Shift 3", "Top: north up"},
    {"4", 0, KEY_ALWAYS, KEY_CAMERA_WAYSIDE, KEYS_CAMERA, "4", "Wayside: from the kerb"},
    {"5", 0, KEY_ALWAYS, KEY_CAMERA_OVERVIEW, KEYS_CAMERA, "5", "Overview"},
    {"6", 0, KEY_ALWAYS, KEY_CAMERA_AXLE, KEYS_CAMERA, "6", "Axle close-up"},
    {"7", 0, KEY_ALWAYS, KEY_CAMERA_HINGE, KEYS_CAMERA, "7", "Hinge from above"},
    {"8", 0, KEY_ALWAYS, KEY_CAMERA_FREE, KEYS_CAMERA, "8", "Free: around the train"},
    {"0", 0, KEY_ALWAYS, KEY_CAMERA_PLAN, KEYS_CAMERA, "0", "Plan: flat and fast"},
    {"W", 0, KEY_ALWAYS, KEY_TURN_UP, KEYS_CAMERA, "W", "Free: higher; plan: north"},
    {"S", 0, KEY_ALWAYS, KEY_TURN_DOWN, KEYS_CAMERA, "S", "Free: lower; plan: south"},
    {"A", 0, KEY_ALWAYS, KEY_TURN_LEFT, KEYS_CAMERA, "A", "Free: turn left; plan: west"},
    {"D", 0, KEY_ALWAYS, KEY_TURN_RIGHT, KEYS_CAMERA, "D", "Free: turn right; plan: east"},
    {"PageUp", 0, KEY_ALWAYS, KEY_NEARER, KEYS_CAMERA, "PgUp", "Free, plan: nearer"},
    {"PageDown", 0, KEY_ALWAYS, KEY_FARTHER, KEYS_CAMERA, "PgDn", "Free, plan: farther"},
    {"Tab", 0, KEY_ALWAYS, KEY_AXLE_NEXT, KEYS_CAMERA, "Tab", "Next axle or hinge (6, 7)"},
    {"Tab", 1, KEY_ALWAYS, KEY_TRAIN_NEXT, KEYS_CAMERA, "Shift Tab", "Next train"},

    {"Space", 0, KEY_ALWAYS, KEY_PAUSE, KEYS_PLAYBACK, "Space", "Pause, go on"},
    {".", 0, KEY_ALWAYS, KEY_STEP, KEYS_PLAYBACK, ".", "One sample on"},
    {",", 0, KEY_ALWAYS, KEY_STEP_BACK, KEYS_PLAYBACK, ",", "One sample back"},
    {"Left", 0, KEY_ALWAYS, KEY_BACK, KEYS_PLAYBACK, "Left", "5 s back"},
    {"Right", 0, KEY_ALWAYS, KEY_FORWARD, KEYS_PLAYBACK, "Right", "5 s on"},
    {"Left", 1, KEY_ALWAYS, KEY_FAR_BACK, KEYS_PLAYBACK, "Shift Left", "1 min back"},
    {"Right", 1, KEY_ALWAYS, KEY_FAR_FORWARD, KEYS_PLAYBACK, "Shift Right", "1 min on"},
    {"Home", 0, KEY_ALWAYS, KEY_HOME, KEYS_PLAYBACK, "Home", "To the start"},
    {"End", 0, KEY_ALWAYS, KEY_END, KEYS_PLAYBACK, "End", "To the newest moment"},
    {"-", 0, KEY_ALWAYS, KEY_SLOWER, KEYS_PLAYBACK, "-", "Slower"},
    {"=", 0, KEY_ALWAYS, KEY_FASTER, KEYS_PLAYBACK, "=", "Faster"},
    {"N", 0, KEY_ALWAYS, KEY_EVENT_NEXT, KEYS_PLAYBACK, "N", "Next event"},
    {"N", 1, KEY_ALWAYS, KEY_EVENT_PREVIOUS, KEYS_PLAYBACK, "Shift N", "Previous event"},
    {"J", 0, KEY_ALWAYS, KEY_BOOKMARK, KEYS_PLAYBACK, "J", "Set or take a bookmark"},
    {"L", 0, KEY_ALWAYS, KEY_LOOP, KEYS_PLAYBACK, "L", "Loop between bookmarks"},

    {"F", 0, KEY_ALWAYS, KEY_PALETTE, KEYS_CHANGE, "F", "Change a setting, fail a part"},
    {"F2", 0, KEY_ALWAYS, KEY_SAVE, KEYS_CHANGE, "F2", "Save as a scenario"},
    {"F5", 0, KEY_ALWAYS, KEY_RELOAD, KEYS_CHANGE, "F5", "Read the files again"},

    {"U", 0, KEY_ALWAYS, KEY_TAKE_OVER, KEYS_DRIVE, "U", "Drive yourself, give back"},
    {"W", 0, KEY_DRIVING, KEY_LEVER_UP, KEYS_DRIVE, "W", "Lever: more traction"},
    {"S", 0, KEY_DRIVING, KEY_LEVER_DOWN, KEYS_DRIVE, "S", "Lever: more brake"},
    {"Q", 0, KEY_DRIVING, KEY_COAST, KEYS_DRIVE, "Q", "Coast"},
    {"A", 0, KEY_DRIVING, KEY_WHEEL_LEFT, KEYS_DRIVE, "A", "Wheel to the left"},
    {"D", 0, KEY_DRIVING, KEY_WHEEL_RIGHT, KEYS_DRIVE, "D", "Wheel to the right"},
    {"Q", 1, KEY_DRIVING, KEY_WHEEL_FREE, KEYS_DRIVE, "Shift Q", "The guidance steers again"},
    {"Return", 0, KEY_DRIVING, KEY_HORN, KEYS_DRIVE, "Enter", "Horn, for a second"},
    {"Z", 0, KEY_DRIVING, KEY_DOORS, KEYS_DRIVE, "Z", "Doors, open and close"},

    {"O", 0, KEY_ALWAYS, KEY_PATH, KEYS_OVERLAY, "O", "Planned path"},
    {"T", 0, KEY_ALWAYS, KEY_TRAILS, KEYS_OVERLAY, "T", "Trails of the axles"},
    {"X", 0, KEY_ALWAYS, KEY_EXAGGERATE, KEYS_OVERLAY, "X", "Trails x1, x10, x50"},
    {"E", 0, KEY_ALWAYS, KEY_ENVELOPE, KEYS_OVERLAY, "E", "Swept envelope"},
    {"V", 0, KEY_ALWAYS, KEY_SENSORS, KEYS_OVERLAY, "V", "What the cameras see"},
    {"B", 0, KEY_ALWAYS, KEY_BRAKING, KEYS_OVERLAY, "B", "Stop line and authority"},
    {"K", 0, KEY_ALWAYS, KEY_SLIP, KEYS_OVERLAY, "K", "Tyre forces, friction use"},
    {"Y", 0, KEY_ALWAYS, KEY_COMFORT, KEYS_OVERLAY, "Y", "What passengers feel"},
    {"C", 0, KEY_ALWAYS, KEY_GHOST, KEYS_OVERLAY, "C", "Ghost of the other run"},
    {"C", 1, KEY_ALWAYS, KEY_TWIN, KEYS_OVERLAY, "Shift C", "Both runs side by side"},

    {"P", 0, KEY_ALWAYS, KEY_PLOTS, KEYS_WINDOW, "P", "Plots"},
    {"G", 0, KEY_ALWAYS, KEY_DIAGRAM, KEYS_WINDOW, "G", "Time-distance diagram"},
    {"M", 0, KEY_ALWAYS, KEY_MAP, KEYS_WINDOW, "M", "Map"},
    {"H", 0, KEY_ALWAYS, KEY_HIDE, KEYS_WINDOW, "H", "Hide all panels"},
    {"[", 0, KEY_ALWAYS, KEY_SMALLER, KEYS_WINDOW, "[", "Smaller panels"},
    {"]", 0, KEY_ALWAYS, KEY_LARGER, KEYS_WINDOW, "]", "Larger panels"},
    {"I", 0, KEY_ALWAYS, KEY_STILL, KEYS_WINDOW, "I", "Rain and snow hang still"},
    {"F1", 0, KEY_ALWAYS, KEY_HELP, KEYS_WINDOW, "F1", "This help"},
    {"F3", 0, KEY_ALWAYS, KEY_PROFILER, KEYS_WINDOW, "F3", "Frame times"},
    {"F9", 0, KEY_ALWAYS, KEY_QUALITY, KEYS_WINDOW, "F9", "Next quality tier"},
    {"F11", 0, KEY_ALWAYS, KEY_FULL_SCREEN, KEYS_WINDOW, "F11", "Full screen"},
    {"R", 0, KEY_ALWAYS, KEY_RECORD, KEYS_WINDOW, "R", "Record a video"},
    {"F12", 0, KEY_ALWAYS, KEY_SCREENSHOT, KEYS_WINDOW, "F12", "Screenshot to a PNG file"},
    {"Escape", 0, KEY_ALWAYS, KEY_MENU, KEYS_WINDOW, "Esc", "Close a panel; scenarios"},

    {"Up", 0, KEY_LISTING, KEY_LIST_UP, KEYS_LIST, "Up", "Row before"},
    {"Down", 0, KEY_LISTING, KEY_LIST_DOWN, KEYS_LIST, "Down", "Row after"},
    {"PageUp", 0, KEY_LISTING, KEY_LIST_PAGE_UP, KEYS_LIST, "PgUp", "Ten rows before"},
    {"PageDown", 0, KEY_LISTING, KEY_LIST_PAGE_DOWN, KEYS_LIST, "PgDn", "Ten rows after"},
    {"Home", 0, KEY_LISTING, KEY_LIST_FIRST, KEYS_LIST, "Home", "First row"},
    {"End", 0, KEY_LISTING, KEY_LIST_LAST, KEYS_LIST, "End", "Last row"},
    {"0-9", 0, KEY_LISTING, KEY_LIST_NUMBER, KEYS_LIST, "0-9", "Row of that number"},
    {"Left", 0, KEY_LISTING, KEY_LIST_LESS, KEYS_LIST, "Left", "Value before"},
    {"Right", 0, KEY_LISTING, KEY_LIST_MORE, KEYS_LIST, "Right", "Value after"},
    {"Return", 1, KEY_LISTING, KEY_LIST_GHOST, KEYS_LIST, "Shift Enter", "Scenario as a ghost"},
    {"Return", 0, KEY_LISTING, KEY_LIST_ENTER, KEYS_LIST, "Enter", "Open, do it"},
};

static const char *const group_names[KEY_GROUPS] = {
    [KEYS_CAMERA] = "Cameras",         [KEYS_PLAYBACK] = "Playback", [KEYS_CHANGE] = "Changes",
    [KEYS_DRIVE] = "Driving by hand",  [KEYS_OVERLAY] = "Overlays",  [KEYS_WINDOW] = "Window",
    [KEYS_LIST] = "Lists",
};

int keys_count(void)
{
    return (int)(sizeof rows / sizeof rows[0]);
}

const KeyRow *keys_at(int index)
{
    return &rows[index];
}

const char *keys_group_name(KeyGroup group)
{
    return group_names[group];
}

static const KeyRow *find(const char *key, int shift, KeyWhen when)
{
    int digit = key[0] >= '0' && key[0] <= '9' && !key[1];
    for (int i = 0; i < keys_count(); i++) {
        const KeyRow *row = &rows[i];
        if (row->when != when || row->shift != shift) continue;
        if (strcmp(row->key, key) == 0 || (digit && strcmp(row->key, "0-9") == 0)) return row;
    }
    return NULL;
}

KeyAction keys_find(const char *sdl_key_name, int shift, KeyWhen now)
{
    const KeyRow *row = find(sdl_key_name, shift != 0, now);
    if (!row) row = find(sdl_key_name, shift != 0, KEY_ALWAYS);
    if (!row) row = find(sdl_key_name, 0, KEY_ALWAYS);
    return row ? row->action : KEY_NONE;
}

int keys_repeat(KeyAction action)
{
    switch (action) {
    case KEY_NEARER:
    case KEY_FARTHER:
    case KEY_TURN_LEFT:
    case KEY_TURN_RIGHT:
    case KEY_TURN_UP:
    case KEY_TURN_DOWN:
    case KEY_STEP:
    case KEY_STEP_BACK:
    case KEY_BACK:
    case KEY_FORWARD:
    case KEY_FAR_BACK:
    case KEY_FAR_FORWARD:
    case KEY_LEVER_UP:
    case KEY_LEVER_DOWN:
    case KEY_WHEEL_LEFT:
    case KEY_WHEEL_RIGHT:
    case KEY_LIST_UP:
    case KEY_LIST_DOWN:
    case KEY_LIST_PAGE_UP:
    case KEY_LIST_PAGE_DOWN:
    case KEY_LIST_LESS:
    case KEY_LIST_MORE: return 1;
    default: return 0;
    }
}

void keys_print(void)
{
    static const char *const when[] = {[KEY_ALWAYS] = "always", [KEY_DRIVING] = "driving", [KEY_LISTING] = "list"};
    for (int i = 0; i < keys_count(); i++)
        printf("%s%s\t%s\t%s\n", rows[i].shift ? "Shift+" : "", rows[i].key, when[rows[i].when], rows[i].help);
}
