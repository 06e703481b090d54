/* Little light comes under a vehicle: a soft dark patch lies on the road from a metre inside its outline to 1.25 m
   outside, as two rings round a rectangle whose opacity falls to half and to nothing. A patch of a few triangles costs
   what a test in every pixel of the road did not. Ignores: how high the floor is. */
#include "render/contacts.h"

#include <math.h>

enum { CORNER = 3, RING = 4 * CORNER };

void contact_add(Scene *scene, const double eye[3], const double middle[3], double yaw, double climb, double half_length,
                 double half_width)
{
    static const double inset[3] = {0.95, -0.10, -1.25};
    static const float dark[3] = {0.66f, 0.33f, 0.0f};
    double c = cos(yaw), s = sin(yaw), ring[3][RING][3];
    for (int r = 0; r < 3; r++) {
        double core = fmin(inset[0], fmin(half_length, half_width) - 0.05), out = r == 0 ? 0.0 : core - inset[r];
        for (int i = 0; i < RING; i++) {
            double angle = 1.5707963267948966 * ((double)(i / CORNER) + (double)(i % CORNER) / (CORNER - 1));
            double sx = i / CORNER == 0 || i / CORNER == 3 ? 1.0 : -1.0, sy = i / CORNER < 2 ? 1.0 : -1.0;
            double x = sx * (half_length - core) + out * cos(angle), y = sy * (half_width - core) + out * sin(angle);
            ring[r][i][0] = middle[0] + c * x - s * y;
            ring[r][i][1] = middle[1] + s * x + c * y;
            ring[r][i][2] = middle[2] + 0.02 + climb * x;
        }
    }
    for (int i = 0; i < RING; i++) {
        int k = (i + 1) % RING;
        const float deep[4] = {0.004f, 0.004f, 0.005f, dark[0]};
        scene_overlay(scene, middle, eye, deep, 0.0f);
        scene_overlay(scene, ring[0][i], eye, deep, 0.0f);
        scene_overlay(scene, ring[0][k], eye, deep, 0.0f);
        for (int r = 0; r < 2; r++) {
            const float a[4] = {0.004f, 0.004f, 0.005f, dark[r]}, b[4] = {0.004f, 0.004f, 0.005f, dark[r + 1]};
            scene_overlay(scene, ring[r][i], eye, a, 0.0f);
            scene_overlay(scene, ring[r + 1][i], eye, b, 0.0f);
            scene_overlay(scene, ring[r + 1][k], eye, b, 0.0f);
            scene_overlay(scene, ring[r][i], eye, a, 0.0f);
            scene_overlay(scene, ring[r + 1][k], eye, b, 0.0f);
            scene_overlay(scene, ring[r][k], eye, a, 0.0f);
        }
    }
}

void contacts_build(Scene *scene, const SceneInput *input)
{
    const double *eye = input->view->eye;
    for (int t = 0; t < input->sample->train_count; t++) {
        const TrainSample *train = &input->sample->trains[t];
        for (int m = 0; m < train->module_count; m++) {
            const ModuleSample *module = &train->modules[m];
            const VehicleModule *size = &scene->vehicle->modules[m];
            double half = 0.5 * (size->length_front + size->length_rear),
                   shift = 0.5 * (size->length_front - size->length_rear), slope = -sin(module->pitch);
            const double middle[3] = {module->x + cos(module->yaw) * shift, module->y + sin(module->yaw) * shift,
                                      module->z + slope * shift};
            if (hypot(middle[0] - eye[0], middle[1] - eye[1]) > 250.0) continue;
            contact_add(scene, eye, middle, module->yaw, slope, half - 0.25, 0.5 * size->width - 0.22);
        }
    }
}
