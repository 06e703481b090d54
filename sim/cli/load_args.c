/* From command-line options to a load request. Ignores: whether a --set makes sense; the loader tells. */
#include "sim/cli/load_args.h"
#include <stdlib.h>
#include "sim/io/text.h"

static const char *const *values_of(const Args *args, const char *name, int *count)
{
    const char **values = memory_new((size_t)args->found_count * sizeof *values);
    *count = args_values(args, name, values);
    return values;
}

LoadRequest load_args_request(const Args *args, const char *path)
{
    LoadRequest request = {.path = path};
    request.sets = values_of(args, "--set", &request.set_count);
    request.roots = values_of(args, "--root", &request.root_count);
    return request;
}

void load_args_free(LoadRequest *request)
{
    free((void *)request->sets);
    free((void *)request->roots);
    *request = (LoadRequest){0};
}
