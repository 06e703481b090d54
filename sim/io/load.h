/* Loads a scenario with its route and vehicle, or a route or vehicle alone: extends, --set, overrides, values, checks.
   */
#pragma once
#include "sim/base/check.h"
#include "sim/base/param.h"
#include "sim/io/diag.h"
#include "sim/io/ini_doc.h"
#include "sim/io/origins.h"
#include "sim/io/paths.h"

typedef enum LoadPart { LOAD_SCENARIO, LOAD_ROUTE, LOAD_VEHICLE, LOAD_PARTS } LoadPart;

enum { LOAD_EXTENDS_MAX = 8 };

typedef struct Loaded Loaded;

/* What to load by: the schema of each part and the core's checks. */
typedef struct LoadKit {
    const ParamSchema *schemas[LOAD_PARTS];
    /* Complains of what the rows alone cannot see. Called for a part that has no mistakes so far; for the scenario
       after the others, and only if load_stands. May be null. */
    void (*check)(const Loaded *loaded, LoadPart part, Complaints *complaints);
    /* Reads what files named in the part's values hold; called before its check. Mistakes go to the diag. May be null. */
    void (*complete)(Loaded *loaded, LoadPart part);
    /* Tries every name of this kind. May be null. */
    void (*names)(const Loaded *loaded, ComplaintNames kind, Nearest *nearest);
} LoadKit;

typedef struct LoadRequest {
    const char *path;          /* as on the command line */
    const char *text;          /* null, or what the file says in place of what it holds; it need not exist then */
    const char *const *sets;   /* "section.key=value" */
    int set_count;
    const char *const *roots;  /* --root */
    int root_count;
} LoadRequest;

/* Everything that a load gives; the structs are those that the schemas describe. */
struct Loaded {
    const LoadKit *kit;
    LoadPart kind;            /* what the file is */
    void *parts[LOAD_PARTS];  /* zero bytes where the part is absent, never null */
    int present[LOAD_PARTS];  /* 1: the scenario has it */
    int sound[LOAD_PARTS];    /* of route and vehicle, 1: no mistake in them */
    char *files[LOAD_PARTS];  /* as messages show them; null when the part has no file */
    Diag diag;                /* mistakes; the structs are of use only when there are none */
    Text notes;               /* what is no mistake but worth knowing, a line each */
    Origins origins;
    PathRoots roots;
    IniDoc sweep;             /* [sweep] as written, for sim/io/sweep.h */
    IniSource **sources;      /* the file and its parents, then each --set, then those of route and vehicle */
    int source_count, source_capacity;
    int chain_count, set_count; /* of these: the file with its parents, those of --set */
    char **texts; /* kept for the origins */
    int text_count, text_capacity;
};

/* A scenario, with --set, [route] file, [vehicle] file and the overrides [route.X], [vehicle.X]. An empty `file =` says
   that those sections are the whole route or vehicle. Never null; free it in any case. */
Loaded *load_scenario(const LoadKit *kit, const LoadRequest *request);
/* A scenario, route or vehicle, whichever its sections fit best. --set needs a scenario. */
Loaded *load_any(const LoadKit *kit, const LoadRequest *request);
/* Adds the mistakes that a check of the core found, with file and line. */
void load_complain(Loaded *loaded, LoadPart part, const Complaints *complaints);
/* All sections and keys of a scenario as it and its parents and --set state them, [sweep] and overrides too; without mistakes
   alone. `loaded` must outlive the doc. */
void load_stated(const Loaded *loaded, IniDoc *doc);
/* 1 while mistakes, if any, are in places by which nothing else is judged: route and vehicle are sound, and so are
   [service], [drive] and what else decides how the scenario runs. Then its names can be judged too. */
int load_stands(const Loaded *loaded);
/* Has [kind.name] a mistake already? */
int load_section_mistaken(const Loaded *loaded, const char *kind, const char *name);
/* Adds a line, which ends in a newline, to the notes, unless it is there. */
void load_note(Loaded *loaded, const char *line);
/* Keeps an allocated text as long as the load; returns it. */
const char *load_keep(Loaded *loaded, char *text);
void load_free(Loaded *loaded);
