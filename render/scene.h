/* From a sample to a frame: trains, scenery in sight, traffic, overlays, all relative to the camera. No SDL, no GL. */
#pragma once
#include "render/camera.h"
#include "render/scenery.h"
#include "sim/route/path.h"
#include "sim/surroundings/road_users.h"
#include "sim/surroundings/signals.h"

/* Where a train's axles were: what trails are drawn from. Oldest first. */
typedef struct SceneTrail {
    const TrainSample *(*past)(const void *source, int index, int train);
    const void *source;
    int count;
} SceneTrail;

enum { SCENE_LABELS_MAX = 24, SCENE_LABEL_SIZE = 48 };

/* Words at a place of the world. */
typedef struct SceneLabel {
    double place[3];
    char words[SCENE_LABEL_SIZE];
} SceneLabel;

/* The leading camera's view of the ground. */
typedef struct SceneSight {
    double setback, field, near, far; /* m behind the nose; rad; m */
} SceneSight;

typedef struct SceneOptions {
    int path, trails, sensors, braking, envelope, slip, comfort;
    double trail_factor;
    double lane_half;     /* m; 0: no lane */
    double emergency_rate, reaction; /* m/s2, s: as the ATP reckons */
    SceneSight sight;
    int traffic;
    int still;        /* rain and snow do not move */
    float tree_scale; /* of the quality row */
    float soft_from;
} SceneOptions;

/* Meshes of the train, made once a vehicle. */
typedef struct SceneTrain {
    int body[ART_MODULES_MAX][TRAIN_PARTS], wheel, wheel_far, cab, bellows;
} SceneTrain;

typedef struct Scene {
    const RoadMap *map;
    const Scenery *scenery;
    const Vehicle *vehicle;
    SceneTrain train;
    GfxFrame frame;
    GfxInstance *instances;
    int instance_capacity;
    GfxBatch *batches;
    int batch_capacity;
    GfxOverlayVertex *overlay;
    int overlay_capacity;
    MeshBuilder bellows;
    SceneLabel labels[SCENE_LABELS_MAX];
    int label_count;
    int triangles; /* of the last frame, without shadows */
} Scene;

typedef struct SceneInput {
    const Sample *sample;
    const Sample *ghost; /* of another run at the same time, or null */
    CameraChoice camera;
    const CameraView *view;
    const Path *paths;
    int path_count;
    const SignalSpec *signals;
    const RoadUserSpec *road_users; /* as many as the sample has */
    const int *waiting;             /* for each train at its next stop; -1: nobody is counted */
    SceneTrail trail;
    SceneOptions options;
} SceneInput;

void scene_open(Scene *scene, const RoadMap *map, const Scenery *scenery, const Vehicle *vehicle);
void scene_close(Scene *scene);
/* Fills scene->frame. */
void scene_build(Scene *scene, const SceneInput *input);

/* Adds a triangle corner over everything solid; `across` -1..1 feathers a ribbon's sides. */
void scene_overlay(Scene *scene, const double place[3], const double eye[3], const float colour[4], float across);

/* For the parts of a scene: one more instance, batch or overlay triangle. */
GfxInstance *scene_instance(Scene *scene);
GfxBatch *scene_batch(Scene *scene, int mesh, GfxMaterial material, unsigned passes);
/* Brings the instances of the last batch into the order of their distance: what is hidden then costs little. */
void scene_near_first(Scene *scene);
/* A rotation about z after one of roll and pitch, scaled, at a place relative to the camera. */
void scene_place(GfxInstance *instance, const double place[3], const double eye[3], float yaw, const float scale[3]);
