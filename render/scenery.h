/* What stands still beside the road: trees, hedges, buildings, lamp posts, people, stations. Scattered by rules with
   numbers drawn from the chainage, so that every frame and every machine shows the same town. */
#pragma once
#include "render/road.h"

typedef enum SceneryKind {
    SCENERY_BUILDING, SCENERY_ROOF_BOX, SCENERY_STREET_TREE, SCENERY_TALL_TREE, SCENERY_SMALL_TREE, SCENERY_HEDGE,
    SCENERY_LAMP, SCENERY_PERSON, SCENERY_KINDS
} SceneryKind;

enum { SCENERY_LEVELS = 4 };

/* How a kind is drawn: a mesh a level of detail, and from which distance the next one does. */
typedef struct SceneryLook {
    int mesh[SCENERY_LEVELS]; /* -1: not drawn at this level */
    float until[SCENERY_LEVELS]; /* m */
    float shadow_until;       /* m from the middle of the shadow map; 0: casts none */
    int shadow_level;
    float reach;              /* m from the foot that the mesh of scale 1 fills */
    GfxMaterial material;
} SceneryLook;

typedef struct SceneryItem {
    double place[3];
    float yaw, scale[3];
    float colour[4], data[4];
    int kind; /* SceneryKind; of a person data[0] is 1: walks, -1: waits at a platform */
} SceneryItem;

/* A signal head: middle of its amber lamp, and which way it looks. */
enum { SCENERY_SIGNALS_MAX = 640 };
typedef struct SceneryHead {
    double place[3];
    float yaw;
    int junction, cross; /* of the route; 1: for the street that crosses */
} SceneryHead;

typedef struct Scenery {
    SceneryLook looks[SCENERY_KINDS];
    SceneryItem *items; /* sorted by kind */
    int item_count, item_capacity;
    int first[SCENERY_KINDS + 1];
    int cars[3][3];     /* meshes of cars, near to far; front at +x */
    int lens_mesh;      /* of a signal, facing +x; takes the instance's colour */
    SceneryHead signals[SCENERY_SIGNALS_MAX];
    int signal_count;
    int sign_mesh;      /* lettering; -1 where there is none */
    double sign_origin[3];
    int destination[2]; /* words over the windscreens of trains towards lower and higher chainage; -1: none */
} Scenery;

/* Builds everything; adds chunks (land, stations) to the map. Fonts are for the stations' name boards; may be null. */
void scenery_open(Scenery *scenery, RoadMap *map, FontSet *fonts);
void scenery_close(Scenery *scenery);
SceneryItem *scenery_add(Scenery *scenery, SceneryKind kind, const double place[3], double yaw, float scale);
