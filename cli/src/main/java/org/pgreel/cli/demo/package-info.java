/** What {@code pgreel demo} does, part by part. Knows nothing of the command line but its own command. */
@NullMarked
package org.pgreel.cli.demo;

import org.jspecify.annotations.NullMarked;
