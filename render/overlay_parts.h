/* Building blocks of the overlays, and those that overlay.c calls from overlay_train.c. */
#pragma once
#include "render/overlay.h"

/* A cut across a ribbon. */
typedef struct OverlayEdge {
    double left[3], right[3];
    float colour[4];
} OverlayEdge;

/* Two triangles between neighbouring edges; `ribbon` feathers the sides. */
void overlay_join(Scene *scene, const double eye[3], const OverlayEdge *a, const OverlayEdge *b, int ribbon);
/* At a place with a tangent, from one offset to the left to another. */
OverlayEdge overlay_edge(double x, double y, double z, double tx, double ty, double from, double to, const float rgb[3],
                         float alpha);
const Path *overlay_path(const SceneInput *input, const TrainSample *train);
/* Way from the leading axle to the nose, m. */
double overlay_nose(const Vehicle *vehicle, const TrainSample *train);

void overlay_envelope(Scene *scene, const SceneInput *input, int train);
void overlay_braking(Scene *scene, const SceneInput *input, const TrainSample *train);
void overlay_sight(Scene *scene, const SceneInput *input, const TrainSample *train);
void overlay_estimate(Scene *scene, const SceneInput *input, const TrainSample *train);
void overlay_comfort(Scene *scene, const SceneInput *input, const TrainSample *train);
void overlay_ruler(Scene *scene, const SceneInput *input, const TrainSample *train);
void overlay_ghost(Scene *scene, const SceneInput *input);
