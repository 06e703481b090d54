/* Tyre property files, as a vehicle of one axle names them. */
#include "tests/fuzz/fuzz_file.h"
#include "sim/io/schemas.h"

static const char vehicle[] =
    "[module.1]\nlength_front = 5 m\nlength_rear = 5 m\nwidth = 2.5 m\nheight = 3 m\nmass_empty = 9 t\n"
    "[axle.1]\nmodule = 1\nx = 2 m\ntyre = t\n[axle.2]\nmodule = 1\nx = -2 m\ntyre = t\n"
    "[tyre.t]\nmodel = pac2002\nfile = ";

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char text[sizeof vehicle + 80];
    snprintf(text, sizeof text, "%s%s\n", vehicle, fuzz_file(bytes, size, "tir"));
    LoadRequest request = {.path = fuzz_file((const uint8_t *)text, strlen(text), "ini")};
    load_free(load_any(&art_kit, &request));
    return 0;
}
