/** Every scenario of the catalogue, against PgReel's own client. */
@NullMarked
package org.pgreel.scenarios.run;

import org.jspecify.annotations.NullMarked;
