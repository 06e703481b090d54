/* Meshes of single things beside the road. */
#pragma once
#include "render/mesh.h"

typedef enum TreeShape { TREE_ROUND, TREE_TALL, TREE_SMALL } TreeShape;

/* `level` 0 near .. 2 far; about 7.5, 10 and 3.4 m high. */
void tree_mesh(TreeShape shape, int level, MeshBuilder *mesh);
/* A clipped hedge, 2.1 m along x, 0.9 m high. */
void hedge_mesh(int level, MeshBuilder *mesh);
/* An 8 m lamp post whose arm points along +y. */
void lamp_mesh(int level, MeshBuilder *mesh);
/* Someone of 1.72 m looking along +x; clothes take the instance's tint. */
void person_mesh(int level, MeshBuilder *mesh);
/* 0 saloon, 1 off-roader, 2 van; front at +x, on the ground, middle at the origin. */
void car_mesh(int shape, int level, MeshBuilder *mesh);
/* The same without wheels. */
void car_shell_mesh(int shape, int level, MeshBuilder *mesh);
/* A burning lamp of a signal, a disc that faces +x; its colour is the instance's. */
void signal_lens_mesh(MeshBuilder *mesh);
/* x, y in -0.5..0.5, z in 0..1, without a floor. */
void unit_box_mesh(MeshBuilder *mesh);
