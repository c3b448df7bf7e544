#include "codeshelf/browse.h"

enum status browse_run(const struct browse_options *o, struct error *err)
{
    (void)o;
    return error_set(err, ST_IO, "the browser is not built in yet");
}

void browse_keys_man(struct buf *out)
{
    (void)out;
}
