/* The key table. A new key is a new row: the input handler, the help overlay and the README's table read it. */
#include "render/keys.h"
#include <string.h>

static const KeyRow rows[] = {
    {"1", 0, KEY_CAMERA_CHASE, KEYS_CAMERA, "1", "Chase: behind the train"},
    {"2", 0, KEY_CAMERA_DRIVER, KEYS_CAMERA, "2", "Driver: from the leading cab"},
    {"3", 0, KEY_CAMERA_TOP, KEYS_CAMERA, "3", "Top: heading up"},
    {"3", 1, KEY_TOP_NORTH, KEYS_CAMERA, "Shift 3", "Top: north up"},
    {"4", 0, KEY_CAMERA_WAYSIDE, KEYS_CAMERA, "4", "Wayside: from the kerb"},
    {"5", 0, KEY_CAMERA_OVERVIEW, KEYS_CAMERA, "5", "Overview"},
    {"6", 0, KEY_CAMERA_AXLE, KEYS_CAMERA, "6", "Axle close-up"},
    {"7", 0, KEY_CAMERA_HINGE, KEYS_CAMERA, "7", "Hinge from above"},
    {"8", 0, KEY_CAMERA_FREE, KEYS_CAMERA, "8", "Free: around the train"},
    {"0", 0, KEY_CAMERA_PLAN, KEYS_CAMERA, "0", "Plan: flat and fast"},
    {"W", 0, KEY_TURN_UP, KEYS_CAMERA, "W", "Free: higher; plan: north"},
    {"S", 0, KEY_TURN_DOWN, KEYS_CAMERA, "S", "Free: lower; plan: south"},
    {"A", 0, KEY_TURN_LEFT, KEYS_CAMERA, "A", "Free: turn left; plan: west"},
    {"D", 0, KEY_TURN_RIGHT, KEYS_CAMERA, "D", "Free: turn right; plan: east"},
    {"PageUp", 0, KEY_NEARER, KEYS_CAMERA, "PgUp", "Free, plan: nearer"},
    {"PageDown", 0, KEY_FARTHER, KEYS_CAMERA, "PgDn", "Free, plan: farther"},
    {"Tab", 0, KEY_AXLE_NEXT, KEYS_CAMERA, "Tab", "Next axle or hinge (6, 7)"},
    {"Tab", 1, KEY_TRAIN_NEXT, KEYS_CAMERA, "Shift Tab", "Next train"},

    {"Space", 0, KEY_PAUSE, KEYS_PLAYBACK, "Space", "Pause, go on"},
    {".", 0, KEY_STEP, KEYS_PLAYBACK, ".", "One sample on"},
    {",", 0, KEY_STEP_BACK, KEYS_PLAYBACK, ",", "One sample back"},
    {"Left", 0, KEY_BACK, KEYS_PLAYBACK, "Left", "5 s back"},
    {"Right", 0, KEY_FORWARD, KEYS_PLAYBACK, "Right", "5 s on"},
    {"Home", 0, KEY_HOME, KEYS_PLAYBACK, "Home", "To the start"},
    {"End", 0, KEY_END, KEYS_PLAYBACK, "End", "To the newest moment"},
    {"-", 0, KEY_SLOWER, KEYS_PLAYBACK, "-", "Slower"},
    {"=", 0, KEY_FASTER, KEYS_PLAYBACK, "=", "Faster"},
    {"N", 0, KEY_EVENT_NEXT, KEYS_PLAYBACK, "N", "Next event"},
    {"N", 1, KEY_EVENT_PREVIOUS, KEYS_PLAYBACK, "Shift N", "Previous event"},
    {"J", 0, KEY_BOOKMARK, KEYS_PLAYBACK, "J", "Set or take a bookmark"},
    {"L", 0, KEY_LOOP, KEYS_PLAYBACK, "L", "Loop between bookmarks"},

    {"F", 0, KEY_PALETTE, KEYS_CHANGE, "F", "Change a setting, fail a part"},
    {"F2", 0, KEY_SAVE, KEYS_CHANGE, "F2", "Save as a scenario"},
    {"F5", 0, KEY_RELOAD, KEYS_CHANGE, "F5", "Read the files again"},

    {"O", 0, KEY_PATH, KEYS_OVERLAY, "O", "Planned path"},
    {"T", 0, KEY_TRAILS, KEYS_OVERLAY, "T", "Trails of the axles"},
    {"X", 0, KEY_EXAGGERATE, KEYS_OVERLAY, "X", "Trails x1, x10, x50"},
    {"E", 0, KEY_ENVELOPE, KEYS_OVERLAY, "E", "Swept envelope"},
    {"V", 0, KEY_SENSORS, KEYS_OVERLAY, "V", "What the cameras see"},
    {"B", 0, KEY_BRAKING, KEYS_OVERLAY, "B", "Stop line and authority"},
    {"K", 0, KEY_SLIP, KEYS_OVERLAY, "K", "Tyre forces, friction use"},
    {"Y", 0, KEY_COMFORT, KEYS_OVERLAY, "Y", "What passengers feel"},
    {"C", 0, KEY_GHOST, KEYS_OVERLAY, "C", "Ghost of the other run"},

    {"P", 0, KEY_PLOTS, KEYS_WINDOW, "P", "Plots"},
    {"G", 0, KEY_DIAGRAM, KEYS_WINDOW, "G", "Time-distance diagram"},
    {"M", 0, KEY_MAP, KEYS_WINDOW, "M", "Map"},
    {"H", 0, KEY_HIDE, KEYS_WINDOW, "H", "Hide all panels"},
    {"[", 0, KEY_SMALLER, KEYS_WINDOW, "[", "Smaller panels"},
    {"]", 0, KEY_LARGER, KEYS_WINDOW, "]", "Larger panels"},
    {"F1", 0, KEY_HELP, KEYS_WINDOW, "F1", "This help"},
    {"F3", 0, KEY_PROFILER, KEYS_WINDOW, "F3", "Frame times"},
    {"F9", 0, KEY_QUALITY, KEYS_WINDOW, "F9", "Next quality tier"},
    {"F11", 0, KEY_FULL_SCREEN, KEYS_WINDOW, "F11", "Full screen"},
    {"R", 0, KEY_RECORD, KEYS_WINDOW, "R", "Record a video"},
    {"F12", 0, KEY_SCREENSHOT, KEYS_WINDOW, "F12", "Screenshot to a PNG file"},
    {"Escape", 0, KEY_MENU, KEYS_WINDOW, "Esc", "Close a panel; scenarios"},
};

static const char *const group_names[KEY_GROUPS] = {
    [KEYS_CAMERA] = "Cameras",   [KEYS_PLAYBACK] = "Playback", [KEYS_CHANGE] = "Changes",
    [KEYS_OVERLAY] = "Overlays", [KEYS_WINDOW] = "Window",
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

KeyAction keys_find(const char *sdl_key_name, int shift)
{
    KeyAction plain = KEY_NONE;
    for (int i = 0; i < keys_count(); i++) {
        if (strcmp(rows[i].key, sdl_key_name) != 0) continue;
        if (rows[i].shift == (shift != 0)) return rows[i].action;
        if (!rows[i].shift) plain = rows[i].action;
    }
    return plain;
}
