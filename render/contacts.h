/* Dark under a vehicle's floor. */
#pragma once
#include "render/scene.h"

void contacts_build(Scene *scene, const SceneInput *input);
/* One floor: its middle on the road, heading, climb over a metre of it, half its length and width in m. */
void contact_add(Scene *scene, const double eye[3], const double middle[3], double yaw, double climb, double half_length,
                 double half_width);
