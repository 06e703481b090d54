/* Puts road, scenery, scene and HUD together. Fonts for the boards in the scene have a set of their own: the HUD's
   atlas is filled anew while it runs, theirs never changes. */
#include "render/green_windows.h"
#include "render/view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/plan.h"
#include "render/scene.h"
#include "render/scenery.h"
#include "render/street_signals.h"
#include "render/train_sign.h"
#include "render/ui_palette.h"

enum { TRACK_POINTS = 720, WINDOWS_MAX = 1024, MARKS_MAX = 8192, TRACKS_MAX = 2 * ART_TRAINS_MAX };

struct View {
    const Session *session, *ghost;
    RoadMap map;
    Scenery scenery;
    Scene scene;
    Scene twin; /* of the other run, once it has a picture of its own */
    const Session *twin_of;
    FontSet *fonts;
    UiDrawList list;
    HudHistory history;
    uint32_t epoch; /* of the samples that the history holds */
    int train;      /* of them */
    Sample past;    /* an earlier one, for the history */
    HudCamera cameras[CAMERA_KINDS];
    HudPoint track_points[TRACKS_MAX][TRACK_POINTS];
    HudTrack tracks[TRACKS_MAX];
    int track_count;
    HudWindow windows[WINDOWS_MAX];
    int window_count;
    HudMarks marks[MARKS_MAX]; /* of the shown train */
    int mark_count;
    int waiting[ART_TRAINS_MAX]; /* at the platforms */
};

ViewOptions view_defaults(void)
{
    return (ViewOptions){.camera = camera_choice(),
                         .switches = {.plots = 1, .map = 1, .path = 1, .trails = 1, .ghost = 1, .trail_factor = 1.0},
                         .quality = QUALITY_MED,
                         .rate = 1.0,
                         .ui_scale = 1.0f};
}

static void open_scenery(View *view)
{
    const Scenario *scenario = session_scenario(view->session);
    road_open(&view->map, &scenario->alignment);
    FontFile files[FONT_FACES];
    font_find(files);
    FontSet *letters = font_open(files);
    scenery_open(&view->scenery, &view->map, letters);
    street_signals_build(&view->map, &view->scenery, &scenario->spec.signals);
    train_signs_open(&view->scenery, &scenario->route, &scenario->vehicle, letters);
    if (letters) {
        FontAtlas atlas = font_atlas(letters);
        gfx_sign_texture(atlas.pixels, atlas.size);
        font_close(letters);
    }
    view->fonts = font_open(files);
    if (view->fonts && font_report(view->fonts)[0]) fprintf(stderr, "artview: %s\n", font_report(view->fonts));
}

View *view_open(const Session *session)
{
    View *view = calloc(1, sizeof *view);
    if (!view) return NULL;
    view->session = session;
    open_scenery(view);
    if (!view->fonts || !ui_list_open(&view->list, UI_VERTICES_MAX)) {
        fputs("artview: the font DejaVu Sans is missing\n", stderr);
        view_close(view);
        return NULL;
    }
    scene_open(&view->scene, &view->map, &view->scenery, &session_scenario(session)->vehicle);
    view->epoch = UINT32_MAX;
    view_note(view, 0);
    for (int i = 0; i < CAMERA_KINDS; i++) {
        view->cameras[i] = (HudCamera){camera_names[i].key, camera_names[i].name};
    }
    return view;
}

void view_close(View *view)
{
    if (!view) return;
    if (view->twin_of) scene_close(&view->twin);
    scene_close(&view->scene);
    scenery_close(&view->scenery);
    road_close(&view->map);
    ui_list_close(&view->list);
    if (view->fonts) font_close(view->fonts);
    free(view);
}

void view_ghost(View *view, const Session *ghost)
{
    if (view->twin_of) scene_close(&view->twin);
    view->twin_of = NULL;
    view->ghost = ghost;
}

/* After a jump the plots look back on what the session kept. */
static void recall(View *view, const Sample *now)
{
    const double look_back = 120.0;
    int count = session_past_count(view->session);
    hud_history_clear(&view->history);
    view->past = (Sample){.train_count = now->train_count, .epoch = now->epoch};
    for (int i = 0; i < count; i++) {
        double time = session_past_time(view->session, i);
        if (time < now->time - look_back || time >= now->time) continue;
        view->past.time = time;
        memcpy(view->past.trains, session_past(view->session, i, 0), (size_t)now->train_count * sizeof now->trains[0]);
        if (view->past.trains[view->train].module_count > 0) hud_history_push(&view->history, &view->past, view->train);
    }
}

void view_note(View *view, int train)
{
    const Sample *now = session_sample(view->session);
    int other = train != view->train;
    view->train = train;
    if (other || now->epoch != view->epoch) recall(view, now);
    view->epoch = now->epoch;
    hud_history_push(&view->history, now, train);
}

/* Where the trains of a run were, thinned to what a diagram can show. */
static void tracks_of(View *view, const Session *session, int ghost)
{
    int count = session_known_count(session), stride = count / TRACK_POINTS + 1;
    for (int t = 0; t < session_sample(session)->train_count && view->track_count < TRACKS_MAX; t++) {
        HudPoint *points = view->track_points[view->track_count];
        int n = 0;
        for (int i = 0; i < count && n < TRACK_POINTS; i += stride) {
            const TrainSample *train = session_past(session, i, t);
            if (train->module_count == 0) continue; /* not on the line yet */
            points[n++] = (HudPoint){(float)session_past_time(session, i), (float)train->chainage};
        }
        view->tracks[view->track_count++] = (HudTrack){points, n, ghost};
    }
}

/* How the leading camera of a train has read the marks, by stretches of its way. */
static void marks_of(View *view, int t)
{
    const double stretch = 10.0; // m
    int count = session_past_count(view->session), seen = 0, missed = 0;
    view->mark_count = 0;
    for (int i = 0; i < count && view->mark_count < MARKS_MAX; i++) {
        const TrainSample *train = session_past(view->session, i, t);
        if (train->module_count == 0) continue;
        const ModuleSample *lead = &train->modules[train->direction >= 0 ? 0 : train->module_count - 1];
        const CameraSample *camera = &train->cameras[train->direction >= 0 ? 0 : 1];
        const HudMarks *last = view->mark_count > 0 ? &view->marks[view->mark_count - 1] : NULL;
        seen += camera->seen;
        missed += camera->missed;
        if (last && hypot(lead->x - (double)last->x, lead->y - (double)last->y) < stretch) continue;
        float read = seen + missed > 0 ? (float)seen / (float)(seen + missed) : -1.0f;
        view->marks[view->mark_count++] = (HudMarks){(float)lead->x, (float)lead->y, read};
        seen = missed = 0;
    }
}

static int is_flat(const ViewOptions *options)
{
    return options->camera.kind == CAMERA_PLAN || gfx_qualities[options->quality].flat;
}

/* Two pictures side by side; the plan shows both runs in one. */
static int is_twin(const View *view, const ViewOptions *options)
{
    return options->switches.twin && view->ghost && !is_flat(options) && session_scenario(view->session)->path_count > 0;
}

static HudInput hud_input(const View *view, const ViewOptions *options, int width, int height)
{
    const Scenario *scenario = session_scenario(view->session);
    HudInput input = {.sample = session_sample(view->session),
                      .train = options->camera.train,
                      .ghost = view->ghost ? session_sample(view->ghost) : NULL,
                      .ghost_name = view->ghost ? session_scenario(view->ghost)->spec.head.name : NULL,
                      .history = &view->history,
                      .route = &scenario->route,
                      .vehicle = &scenario->vehicle,
                      .paths = scenario->paths,
                      .path_count = scenario->path_count,
                      .scenario_name = scenario->spec.head.name,
                      .scenario_about = scenario->spec.head.about,
                      .grade = scenario->spec.operation.grade,
                      .separation = scenario->spec.atp.separation,
                      .step = scenario->spec.head.step,
                      .paused = options->paused,
                      .replay = session_tick(view->session) < session_known_tick(view->session),
                      .time_known = session_newest(view->session),
                      .profile = options->profile,
                      .bookmarks = options->bookmarks,
                      .bookmark_count = options->bookmark_count,
                      .loop_from = options->loop_from,
                      .loop_to = options->loop_to,
                      .tracks = view->tracks,
                      .track_count = view->track_count,
                      .windows = view->windows,
                      .window_count = view->window_count,
                      .marks = view->marks,
                      .mark_count = options->switches.sensors ? view->mark_count : 0,
                      .rate = options->rate,
                      .time_end = scenario->spec.head.duration,
                      .cameras = view->cameras,
                      .camera_count = CAMERA_KINDS,
                      .camera = (int)options->camera.kind,
                      .quality = gfx_qualities[options->quality].name,
                      .switches = options->switches,
                      .width = width,
                      .height = height,
                      .scale = options->ui_scale,
                      .sheet = options->sheet,
                      .hidden = options->hud_hidden,
                      .controls = options->controls,
                      .message = options->message};
    input.switches.twin = is_twin(view, options);
    if (!input.controls) input.controls = &session_settings(view->session)->manual;
    input.events = session_events(view->session, &input.event_count);
    return input;
}

HudPick view_pick(View *view, const ViewOptions *options, int width, int height, float x, float y)
{
    HudInput input = hud_input(view, options, width, height);
    return hud_pick(&input, x, y);
}

static const TrainSample *past_train(const void *source, int index, int train)
{
    return session_past(source, index, train);
}

static void draw_flat(View *view, const ViewOptions *options, int width, int height)
{
    view->track_count = view->window_count = 0;
    if (options->sheet.kind == HUD_SHEET_DIAGRAM) {
        tracks_of(view, view->session, 0);
        if (view->ghost) tracks_of(view, view->ghost, 1);
        view->window_count = green_windows(view->session, session_scenario(view->session)->spec.head.duration,
                                           view->windows, WINDOWS_MAX);
    }
    HudInput hud = hud_input(view, options, width, height);
    hud_build(&hud, &view->list);
    FontAtlas atlas = font_atlas(view->fonts);
    gfx_atlas_upload(&atlas);
    font_atlas_clean(view->fonts);
}

static double lane_half(const Scenario *scenario)
{
    return scenario->route.track_count > 0 ? 0.5 * scenario->route.tracks[0].lane_width : 0.0;
}

static SceneSight sight_of(const Scenario *scenario)
{
    const CameraSpec *camera = &scenario->spec.cameras[0];
    if (scenario->spec.camera_count == 0) return (SceneSight){0};
    return (SceneSight){camera->setback, camera->field, camera->range_min, camera->range_max};
}

/* Where a place of the scene is in the picture; 0: behind the eye, too far away or outside. */
static int picture_place(const CameraView *camera, const double place[3], int width, int height, float *x, float *y)
{
    float p[3], clip[4];
    for (int k = 0; k < 3; k++) p[k] = (float)(place[k] - camera->eye[k]);
    const float *m = camera->projection;
    for (int k = 0; k < 4; k++) clip[k] = m[k] * p[0] + m[4 + k] * p[1] + m[8 + k] * p[2] + m[12 + k];
    if (clip[3] < 0.5f || clip[3] > 220.0f) return 0;
    *x = (0.5f + 0.5f * clip[0] / clip[3]) * (float)width;
    *y = (0.5f - 0.5f * clip[1] / clip[3]) * (float)height;
    return *x >= 0.0f && *y >= 0.0f && *x <= (float)width && *y <= (float)height;
}

/* One of the pictures of a frame: whose it is, and its part of the width. */
typedef struct Picture {
    const Session *session;
    Scene *scene;
    CameraView camera;
    CameraChoice choice;
    float left, width; /* px */
} Picture;

static void draw_labels(View *view, HudLabelRoom *room, const Picture *picture, int height)
{
    for (int i = 0; i < picture->scene->label_count; i++) {
        const SceneLabel *label = &picture->scene->labels[i];
        float x, y;
        if (label->words[0] && picture_place(&picture->camera, label->place, (int)picture->width, height, &x, &y))
            hud_label_draw(room, &view->list, picture->left + x, y, label->words);
    }
}

static SceneInput scene_input(View *view, const ViewOptions *options, const Picture *picture)
{
    const Session *session = picture->session;
    const Scenario *scenario = session_scenario(session);
    const HudSwitches *on = &options->switches;
    int ghost = view->ghost && !is_twin(view, options) && (on->ghost || on->twin);
    for (int t = 0; t < session_sample(session)->train_count; t++) view->waiting[t] = session_waiting(session, t);
    return (SceneInput){.sample = session_sample(session),
                        .ghost = ghost ? session_sample(view->ghost) : NULL,
                        .camera = picture->choice,
                        .view = &picture->camera,
                        .paths = scenario->paths,
                        .path_count = scenario->path_count,
                        .signals = &scenario->spec.signals,
                        .road_users = scenario->spec.road_users,
                        .waiting = view->waiting,
                        .trail = {past_train, session, session_past_count(session)},
                        .options = {.path = on->path,
                                    .trails = on->trails,
                                    .sensors = on->sensors,
                                    .braking = on->braking,
                                    .envelope = on->envelope,
                                    .slip = on->slip,
                                    .comfort = on->comfort,
                                    .trail_factor = on->trail_factor,
                                    .lane_half = lane_half(scenario),
                                    .emergency_rate = scenario->spec.atp.emergency_rate,
                                    .reaction = scenario->spec.atp.reaction,
                                    .sight = sight_of(scenario),
                                    .traffic = 1,
                                    .still = options->still,
                                    .tree_scale = gfx_qualities[options->quality].tree_scale,
                                    .soft_from = gfx_qualities[options->quality].soft_from}};
}

/* A picture as the options have it, in a column of the frame; what it looks at lies where no panels are. */
static Picture picture_of(const View *view, const ViewOptions *options, const Session *session, Scene *scene, int column,
                          int columns, const HudInput *hud, const HudLayout *layout)
{
    int width = hud->width, height = hud->height;
    float right, up;
    hud_free_middle(hud, layout, &right, &up);
    const Sample *sample = session_sample(session);
    Picture picture = {.session = session, .scene = scene, .choice = options->camera};
    int from = width * column / columns, to = width * (column + 1) / columns;
    picture.left = (float)from;
    picture.width = (float)(to - from);
    if (picture.choice.train >= sample->train_count) picture.choice.train = sample->train_count - 1;
    CameraPicture part = {(double)picture.width / height, columns > 1 ? 0.0 : (double)right, (double)up};
    camera_make(&picture.choice, &view->map, &session_scenario(session)->vehicle, sample, &part, &picture.camera);
    return picture;
}

static void draw_picture(View *view, const ViewOptions *options, HudLabelRoom *room, const Picture *picture, int height)
{
    SceneInput input = scene_input(view, options, picture);
    scene_build(picture->scene, &input);
    draw_labels(view, room, picture, height);
}

void view_draw(View *view, const ViewOptions *options, int width, int height)
{
    if (options->switches.sensors) marks_of(view, options->camera.train);
    font_begin_frame(view->fonts);
    ui_list_begin(&view->list, view->fonts);
    HudInput hud = hud_input(view, options, width, height);
    HudLayout layout;
    hud_layout(&hud, &layout);
    HudLabelRoom room = {.layout = &layout, .width = (float)width, .height = (float)height};
    int columns = is_twin(view, options) ? 2 : 1;
    Picture own = picture_of(view, options, view->session, &view->scene, 0, columns, &hud, &layout);
    GfxFrame *last = &view->scene.frame;
    if (is_flat(options)) {
        SceneInput input = scene_input(view, options, &own);
        *last = (GfxFrame){.flat = 1, .ground = {0.105f, 0.135f, 0.105f}};
        plan_draw(&view->map, &session_scenario(view->session)->vehicle, &input, &room, &view->list);
    } else {
        draw_picture(view, options, &room, &own, height);
    }
    if (columns > 1) {
        if (!view->twin_of)
            scene_open(&view->twin, &view->map, &view->scenery, &session_scenario(view->ghost)->vehicle);
        view->twin_of = view->ghost;
        Picture other = picture_of(view, options, view->ghost, &view->twin, 1, columns, &hud, &layout);
        draw_picture(view, options, &room, &other, height);
        view->scene.frame.column = (GfxColumn){0, columns};
        view->twin.frame.column = (GfxColumn){1, columns};
        view->scene.frame.beside = &view->twin.frame;
        view->twin.frame.beside = &view->scene.frame;
        gfx_draw(&view->scene.frame);
        last = &view->twin.frame;
    }
    draw_flat(view, options, width, height);
    last->ui = &view->list;
    gfx_draw(last);
}

int view_triangles(const View *view)
{
    return view->scene.triangles + (view->twin_of ? view->twin.triangles : 0);
}

struct ViewSheet {
    FontSet *fonts;
    UiDrawList list;
    Sample sample;
    Route route;
    Vehicle vehicle;
};

static HudInput sheet_input(const ViewOptions *options, int width, int height)
{
    return (HudInput){.sheet = options->sheet,
                      .width = width,
                      .height = height,
                      .scale = options->ui_scale,
                      .quality = "",
                      .time_end = 0.0,
                      .paused = 1};
}

ViewSheet *view_sheet_open(void)
{
    ViewSheet *view = calloc(1, sizeof *view);
    if (!view) return NULL;
    FontFile files[FONT_FACES];
    font_find(files);
    view->fonts = font_open(files);
    view->sample.train_count = 1;
    if (view->fonts && ui_list_open(&view->list, UI_VERTICES_MAX)) return view;
    view_sheet_close(view);
    return NULL;
}

void view_sheet_close(ViewSheet *view)
{
    if (!view) return;
    ui_list_close(&view->list);
    if (view->fonts) font_close(view->fonts);
    free(view);
}

void view_sheet_draw(ViewSheet *view, const ViewOptions *options, int width, int height)
{
    HudInput input = sheet_input(options, width, height);
    input.sample = &view->sample;
    input.route = &view->route;
    input.vehicle = &view->vehicle;
    font_begin_frame(view->fonts);
    ui_list_begin(&view->list, view->fonts);
    hud_build(&input, &view->list);
    FontAtlas atlas = font_atlas(view->fonts);
    gfx_atlas_upload(&atlas);
    font_atlas_clean(view->fonts);
    const GfxFrame frame = {.flat = 1, .ground = {0.047f, 0.059f, 0.086f}, .ui = &view->list};
    gfx_draw(&frame);
}

HudPick view_sheet_pick(const ViewOptions *options, int width, int height, float x, float y)
{
    HudInput input = sheet_input(options, width, height);
    return hud_pick(&input, x, y);
}
