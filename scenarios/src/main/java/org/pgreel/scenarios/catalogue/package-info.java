/** The scenarios that come with PgReel: one file each, in one directory a phase. */
@NullMarked
package org.pgreel.scenarios.catalogue;

import org.jspecify.annotations.NullMarked;
