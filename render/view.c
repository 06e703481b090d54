/* Puts road, scenery, scene and HUD together. Fonts for the boards in the scene have a set of their own: the HUD's
   atlas is filled anew while it runs, theirs never changes. */
#include "render/view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/scene.h"
#include "render/scenery.h"

struct View {
    const Session *session;
    RoadMap map;
    Scenery scenery;
    Scene scene;
    FontSet *fonts;
    UiDrawList list;
    HudHistory history;
    HudCamera cameras[CAMERA_KINDS];
};

ViewOptions view_defaults(void)
{
    return (ViewOptions){.switches = {.plots = 1, .map = 1, .path = 1, .trails = 1, .trail_factor = 1.0},
                         .quality = QUALITY_MED,
                         .rate = 1.0,
                         .ui_scale = 1.0f};
}

static void open_scenery(View *view)
{
    const Scenario *scenario = session_scenario(view->session);
    road_open(&view->map, &scenario->alignment, scenario->marks);
    FontFile files[FONT_FACES];
    font_find(files);
    FontSet *letters = font_open(files);
    scenery_open(&view->scenery, &view->map, letters);
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
    hud_history_clear(&view->history);
    for (int i = 0; i < CAMERA_KINDS; i++) {
        view->cameras[i] = (HudCamera){camera_names[i].key, camera_names[i].name};
    }
    return view;
}

void view_close(View *view)
{
    if (!view) return;
    scene_close(&view->scene);
    scenery_close(&view->scenery);
    road_close(&view->map);
    ui_list_close(&view->list);
    if (view->fonts) font_close(view->fonts);
    free(view);
}

void view_note(View *view)
{
    hud_history_push(&view->history, session_sample(view->session), 0);
}

static HudInput hud_input(const View *view, const ViewOptions *options, int width, int height)
{
    const Scenario *scenario = session_scenario(view->session);
    HudInput input = {.sample = session_sample(view->session),
                      .train = options->camera.train,
                      .history = &view->history,
                      .route = &scenario->route,
                      .vehicle = &scenario->vehicle,
                      .paths = scenario->paths,
                      .path_count = scenario->path_count,
                      .scenario_name = scenario->spec.head.name,
                      .scenario_about = scenario->spec.head.about,
                      .step = scenario->spec.head.step,
                      .paused = options->paused,
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
                      .show_help = options->help,
                      .hidden = options->hud_hidden,
                      .message = options->message};
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

void view_draw(View *view, const ViewOptions *options, int width, int height)
{
    const Scenario *scenario = session_scenario(view->session);
    const Sample *sample = session_sample(view->session);
    CameraView camera;
    camera_make(&options->camera, &view->map, &scenario->vehicle, sample, (double)width / height, &camera);
    const SceneInput input = {.sample = sample,
                              .camera = options->camera,
                              .view = &camera,
                              .paths = scenario->paths,
                              .path_count = scenario->path_count,
                              .trail = {past_train, view->session, session_past_count(view->session)},
                              .options = {.path = options->switches.path,
                                          .trails = options->switches.trails,
                                          .sensors = options->switches.sensors,
                                          .braking = options->switches.braking,
                                          .envelope = options->switches.envelope,
                                          .slip = options->switches.slip,
                                          .trail_factor = options->switches.trail_factor,
                                          .traffic = 1,
                                          .tree_scale = gfx_qualities[options->quality].tree_scale}};
    scene_build(&view->scene, &input);

    // the flat part
    font_begin_frame(view->fonts);
    ui_list_begin(&view->list, view->fonts);
    HudInput hud = hud_input(view, options, width, height);
    hud_build(&hud, &view->list);
    FontAtlas atlas = font_atlas(view->fonts);
    gfx_atlas_upload(&atlas);
    font_atlas_clean(view->fonts);
    view->scene.frame.ui = &view->list;
    gfx_draw(&view->scene.frame);
}

int view_triangles(const View *view)
{
    return view->scene.triangles;
}
