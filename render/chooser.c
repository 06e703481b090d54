/* Names and descriptions are read from the files' own [scenario] sections; the sketch is the first path of the
   scenario, compiled when it is looked at, or its vehicle. A file with mistakes keeps its place in the list, so that
   opening it shows them. */
#include "render/chooser.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "render/session.h"

enum { DEPTH_MAX = 3 };

static void trimmed(char *to, size_t size, const char *from)
{
    from += strspn(from, " \t");
    size_t length = strcspn(from, "\r\n");
    while (length > 0 && (from[length - 1] == ' ' || from[length - 1] == '\\')) length--;
    if (length >= size) length = size - 1;
    memcpy(to, from, length);
    to[length] = '\0';
}

/* The value of a key in the first 60 lines. */
static void read_head(ChooserItem *item)
{
    FILE *file = fopen(item->file, "r");
    char line[512];
    for (int i = 0; file && i < 60 && fgets(line, sizeof line, file); i++) {
        char *equals = strchr(line, '=');
        if (!equals) continue;
        if (strncmp(line, "name", 4) == 0 && !item->name[0]) trimmed(item->name, sizeof item->name, equals + 1);
        if (strncmp(line, "about", 5) == 0 && !item->about[0]) trimmed(item->about, sizeof item->about, equals + 1);
    }
    if (file) fclose(file);
    if (item->name[0]) return;
    const char *base = strrchr(item->file, '/');
    snprintf(item->name, sizeof item->name, "%.*s", ART_NAME_MAX - 1, base ? base + 1 : item->file);
    char *ending = strstr(item->name, ".ini");
    if (ending) *ending = '\0';
}

static int is_scenario(const char *name)
{
    size_t length = strlen(name);
    return length > 4 && strcmp(name + length - 4, ".ini") == 0;
}

static void take(Chooser *chooser, const char *path)
{
    if (chooser->count == CHOOSER_MAX) return;
    ChooserItem *item = &chooser->items[chooser->count++];
    *item = (ChooserItem){0};
    strcpy(item->file, path);
    read_head(item);
}

/* The files of a folder, then those of the folders in it. */
static void look_through(Chooser *chooser, const char *folder, int depth)
{
    struct dirent **names = NULL;
    int count = depth < DEPTH_MAX ? scandir(folder, &names, NULL, alphasort) : 0;
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < count; i++) {
            char path[1024];
            struct stat info;
            int fits = snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name) < (int)sizeof path;
            if (!fits || names[i]->d_name[0] == '.' || stat(path, &info) != 0) continue;
            int inner = S_ISDIR(info.st_mode);
            if (pass == 0 && !inner && is_scenario(names[i]->d_name)) take(chooser, path);
            if (pass == 1 && inner) look_through(chooser, path, depth + 1);
        }
    }
    for (int i = 0; i < count; i++) free(names[i]);
    free(names);
}

void chooser_open(Chooser *chooser, const char *folder)
{
    *chooser = (Chooser){.sketched = -1};
    look_through(chooser, folder, 0);
}

/* On the endless plane there is no line to show: the vehicle from above, a loop a module. */
static void vehicle_sketch(Chooser *chooser, const Vehicle *vehicle)
{
    float hinge = 0.0f;
    for (int m = 0; m < vehicle->module_count && chooser->sketch_count + 6 <= CHOOSER_SKETCH_MAX; m++) {
        const VehicleModule *size = &vehicle->modules[m];
        float rear = hinge - (float)(size->length_front + size->length_rear), half = 0.5f * (float)size->width;
        const HudPoint loop[6] = {{hinge, 0.0f}, {hinge, half},  {rear, half},
                                  {rear, -half}, {hinge, -half}, {hinge, 0.0f}};
        memcpy(&chooser->sketch[chooser->sketch_count], loop, sizeof loop);
        chooser->sketch_count += 6;
        hinge = rear;
    }
}

void chooser_look(Chooser *chooser)
{
    if (chooser->sketched == chooser->selected || chooser->selected >= chooser->count) return;
    chooser->sketched = chooser->selected;
    chooser->sketch_count = 0;
    Text mistakes = {0};
    Session *session = session_open(chooser->items[chooser->selected].file, &mistakes);
    text_free(&mistakes);
    if (!session) return;
    const Scenario *scenario = session_scenario(session);
    if (scenario->path_count > 0) {
        const Path *path = &scenario->paths[0];
        int stride = path->node_count / (CHOOSER_SKETCH_MAX - 1) + 1;
        for (int i = 0; i < path->node_count && chooser->sketch_count < CHOOSER_SKETCH_MAX; i += stride) {
            const PathNode *node = path_node(path, i);
            chooser->sketch[chooser->sketch_count++] = (HudPoint){(float)node->x, (float)node->y};
        }
    } else vehicle_sketch(chooser, &scenario->vehicle);
    session_close(session);
}

int chooser_rows(const Chooser *chooser, HudRow *rows)
{
    for (int i = 0; i < chooser->count; i++)
        rows[i] = (HudRow){chooser->items[i].name, NULL, chooser->items[i].about[0] ? chooser->items[i].about : NULL};
    return chooser->count;
}
