/* Reads artview's arguments. Times are seconds with or without "s"; a shot is `key=value,...` and the file it goes to.
   Every word that is not understood is an error. */
#include "render/options.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

void options_help(void)
{
    puts("usage: artview [FILE|RUN] [options]\n"
         "Shows a scenario, or the folder that a run left, in a window; without one it lets choose.\n"
         "\n"
         "  --at 42s                     start there\n"
         "  --camera NAME                chase, driver, top, wayside, overview, axle, hinge, free, plan\n"
         "  --size 1280x720              of the window or the video\n"
         "  --quality high|med|low|coarse|plan\n"
         "  --ghost FILE|RUN             another run of the same line, as a ghost\n"
         "  --side-by-side               and with a picture of its own, at the right\n"
         "  --scale 1.5                  of the panels, 0.75 to 3\n"
         "  --reduced-motion             rain and snow hang still\n"
         "  --no-panels                  begin without panels\n"
         "  --input SCRIPT               keys from a file, without a user: lines `t=2.0 key Space`, `t=3 shot "
         "OUT.png`,\n"
         "                               `t=4 say`, `t=5 leave`\n"
         "  --shot KEYS OUT.png          a picture without a window; KEYS: t=30s,camera=chase,size=1280x720,hud=no,\n"
         "                               trails=10,path=no,sensors=yes,braking=yes,envelope=yes,slip=yes,comfort=yes,\n"
         "                               "
         "ghost=no,twin=yes,plots=no,map=no,axle=3,train=2,north=yes,quality=med,scale=1,sheet=help|diagram\n"
         "  --video OUT.mp4              a film from --at on, without a window; needs ffmpeg\n"
         "  --length 20s, --fps 30       of the film\n"
         "  --tour                       the film goes along the whole run, a new camera every five seconds\n"
         "  --es                         OpenGL ES 3.0 instead of OpenGL 3.3\n"
         "  --debug                      what the driver calls an error ends the program\n"
         "  --timing                     say how long frames took, pass by pass\n"
         "  --hash                       run to the end without a window and print the hash of the state\n"
         "  --keys                       print the key table: key, when it counts, what it does\n"
         "  --help, --version\n"
         "\n"
         "artview scenarios/zhuzhou_a1.ini --at 60s\n"
         "artview --shot t=30s,camera=chase chase.png --shot t=30s,camera=top top.png");
}

static int complain_about(const char *what, const char *text, const char *right)
{
    fprintf(stderr, "artview: %s \"%s\": %s\n", what, text, right);
    return 0;
}

static int read_seconds(const char *text, double *seconds)
{
    char *end = NULL;
    double value = strtod(text, &end);
    while (*end == ' ') end++;
    if (end == text || (*end && strcmp(end, "s") != 0) || !isfinite(value) || value < 0.0 || value > 1e6) {
        return complain_about("time", text, "wants seconds, as 42s");
    }
    *seconds = value;
    return 1;
}

static int read_size(const char *text, int *width, int *height)
{
    char *end = NULL;
    long w = strtol(text, &end, 10), h = 0;
    if (end != text && *end == 'x') {
        const char *second = end + 1;
        h = strtol(second, &end, 10);
        if (end == second) h = 0;
    }
    if (*end || w < 64 || h < 64 || w > 7680 || h > 4320) {
        return complain_about("size", text, "wants WIDTHxHEIGHT from 64x64 to 7680x4320");
    }
    *width = (int)w, *height = (int)h;
    return 1;
}

static int read_quality(const char *text, GfxQuality *quality)
{
    for (int i = 0; i < QUALITIES; i++) {
        if (strcasecmp(text, gfx_qualities[i].name) == 0) {
            *quality = (GfxQuality)i;
            return 1;
        }
    }
    return complain_about("quality", text, "wants high, med, low, coarse or plan");
}

static int read_camera(const char *text, CameraChoice *camera)
{
    int found = camera_find(text);
    if (found < 0)
        return complain_about("camera", text, "wants chase, driver, top, wayside, overview, axle, hinge, free or plan");
    camera->kind = (CameraKind)found;
    return 1;
}

static int read_switch(const char *key, const char *text, int *on)
{
    if (strcmp(text, "yes") == 0) *on = 1;
    else if (strcmp(text, "no") == 0) *on = 0;
    else return complain_about(key, text, "wants yes or no");
    return 1;
}

static int read_number(const char *key, const char *text, double low, double high, double *number)
{
    char *end = NULL;
    double value = strtod(text, &end);
    if (end == text || *end || !isfinite(value) || value < low || value > high) {
        fprintf(stderr, "artview: %s \"%s\": wants a number from %g to %g\n", key, text, low, high);
        return 0;
    }
    *number = value;
    return 1;
}

static int read_sheet(const char *text, HudSheet *sheet)
{
    *sheet = (HudSheet){.kind = HUD_SHEET_NONE};
    if (strcmp(text, "help") == 0) sheet->kind = HUD_SHEET_HELP;
    else if (strcmp(text, "diagram") == 0) sheet->kind = HUD_SHEET_DIAGRAM;
    else return complain_about("sheet", text, "wants help or diagram");
    return 1;
}

static int read_shot_key(OptionsShot *shot, const char *key, const char *value)
{
    HudSwitches *switches = &shot->view.switches;
    const struct {
        const char *name;
        int *on;
    } table[] = {{"path", &switches->path},       {"sensors", &switches->sensors},
                 {"braking", &switches->braking}, {"envelope", &switches->envelope},
                 {"slip", &switches->slip},       {"plots", &switches->plots},
                 {"map", &switches->map},         {"comfort", &switches->comfort},
                 {"ghost", &switches->ghost},     {"twin", &switches->twin},
                 {"north", &shot->view.camera.north_up}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (strcmp(key, table[i].name) == 0) return read_switch(key, value, table[i].on);
    }
    double number = 0.0;
    if (strcmp(key, "t") == 0) return read_seconds(value, &shot->time);
    if (strcmp(key, "sheet") == 0) return read_sheet(value, &shot->view.sheet);
    if (strcmp(key, "camera") == 0) return read_camera(value, &shot->view.camera);
    if (strcmp(key, "size") == 0) return read_size(value, &shot->width, &shot->height);
    if (strcmp(key, "quality") == 0) return read_quality(value, &shot->view.quality);
    if (strcmp(key, "hud") == 0) {
        int on = 1, good = read_switch(key, value, &on);
        shot->view.hud_hidden = !on;
        return good;
    }
    if (strcmp(key, "trails") == 0) {
        if (!read_number(key, value, 0.0, 100.0, &number)) return 0;
        switches->trails = number > 0.0;
        if (number > 0.0) switches->trail_factor = number;
        return 1;
    }
    if (strcmp(key, "scale") == 0) {
        if (!read_number(key, value, 0.5, 4.0, &number)) return 0;
        shot->view.ui_scale = (float)number;
        return 1;
    }
    if (strcmp(key, "train") == 0) {
        if (!read_number(key, value, 1.0, ART_TRAINS_MAX, &number)) return 0;
        shot->view.camera.train = (int)number - 1;
        return 1;
    }
    if (strcmp(key, "axle") == 0) {
        if (!read_number(key, value, 1.0, ART_AXLES_MAX, &number)) return 0;
        shot->view.camera.axle = (int)number - 1;
        return 1;
    }
    return complain_about("--shot", key, "no such key; artview --help lists them");
}

static int read_shot(Options *options, const char *text, const char *file)
{
    if (options->shot_count == OPTIONS_SHOTS_MAX) return complain_about("--shot", file, "too many of them");
    OptionsShot *shot = &options->shots[options->shot_count];
    *shot = (OptionsShot){
        .width = options->width, .height = options->height, .view = options->view, .file = file, .time = options->at};
    shot->view.ui_scale = 0.0f;
    if (!options->quality_set) shot->view.quality = QUALITY_HIGH;
    char copy[OPTIONS_TEXT_MAX];
    if (strlen(text) >= sizeof copy) return complain_about("--shot", file, "its keys are too long");
    strcpy(copy, text);
    for (char *part = copy; part && *part;) {
        char *next = strchr(part, ',');
        if (next) *next++ = '\0';
        char *value = strchr(part, '=');
        if (!value) return complain_about("--shot", part, "wants key=value");
        *value++ = '\0';
        if (!read_shot_key(shot, part, value)) return 0;
        part = next;
    }
    options->shot_count++;
    return 1;
}

static int read_option(Options *options, const char *name, const char *value)
{
    double number = 0.0;
    if (strcmp(name, "--at") == 0) return read_seconds(value, &options->at);
    if (strcmp(name, "--length") == 0) return read_seconds(value, &options->length);
    if (strcmp(name, "--size") == 0) return read_size(value, &options->width, &options->height);
    if (strcmp(name, "--camera") == 0) return read_camera(value, &options->view.camera);
    if (strcmp(name, "--quality") == 0) {
        options->quality_set = 1;
        return read_quality(value, &options->view.quality);
    }
    if (strcmp(name, "--scale") == 0) {
        int good = read_number(name, value, 0.75, 3.0, &number);
        options->scale = (float)number;
        return good;
    }
    if (strcmp(name, "--video") == 0) options->video = value;
    else if (strcmp(name, "--ghost") == 0) options->ghost = value;
    else if (strcmp(name, "--input") == 0) options->input = value;
    else {
        if (!read_number(name, value, 1.0, 120.0, &number)) return 0;
        options->frames_per_second = (int)number;
    }
    return 1;
}

static int is_one_of(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(word, words[i]) == 0) return 1;
    }
    return 0;
}

/* An option without a value, or a file. */
static int read_word(Options *options, const char *word, int first_pass)
{
    const struct {
        const char *name;
        int *on;
    } table[] = {{"--help", &options->help},
                 {"--version", &options->version},
                 {"--keys", &options->keys},
                 {"--es", &options->es},
                 {"--hash", &options->hash},
                 {"--timing", &options->timing},
                 {"--tour", &options->tour},
                 {"--debug", &options->debug},
                 {"--side-by-side", &options->view.switches.twin},
                 {"--reduced-motion", &options->view.still},
                 {"--no-panels", &options->view.hud_hidden}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (strcmp(word, table[i].name) != 0) continue;
        *table[i].on = 1;
        return 1;
    }
    if (word[0] == '-') return complain_about("option", word, "no such option; artview --help lists them");
    if (first_pass && options->file) return complain_about("argument", word, "only one scenario can be shown");
    options->file = word;
    return 1;
}

int options_parse(Options *options, int count, char **arguments)
{
    static const char *const with_value[] = {"--at",    "--length", "--size",  "--quality", "--camera",
                                             "--video", "--fps",    "--ghost", "--input",   "--scale"};
    *options = (Options){
        .length = -1.0, .frames_per_second = 30, .width = 1280, .height = 720, .scale = 1.0f, .view = view_defaults()};

    // shots take what stands before or behind them alike, so they are read last
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 1; i < count; i++) {
            const char *word = arguments[i];
            int takes = is_one_of(word, with_value, sizeof with_value / sizeof with_value[0]);
            if (!takes && strcmp(word, "--shot") != 0) {
                if (!read_word(options, word, pass == 0)) return 0;
                continue;
            }
            int wanted = takes ? 1 : 2;
            if (i + wanted >= count)
                return complain_about("option", word, wanted == 1 ? "wants a value" : "wants keys and a file");
            if (pass == 0 && takes && !read_option(options, word, arguments[i + 1])) return 0;
            if (pass == 1 && !takes && !read_shot(options, arguments[i + 1], arguments[i + 2])) return 0;
            i += wanted;
        }
    }
    return 1;
}
