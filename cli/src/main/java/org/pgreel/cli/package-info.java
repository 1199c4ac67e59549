/** The command pgreel: one class a command. Knows everything, and nothing knows it. */
@NullMarked
package org.pgreel.cli;

import org.jspecify.annotations.NullMarked;
