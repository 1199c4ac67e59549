/**
 * The rows inside the data of a COPY: readers that find them in whatever pieces the data comes, and writers that put them
 * together, in text, CSV and binary format. Cells are bytes or text, or Java objects by the codecs of {@code org.pgreel.type}.
 */
@NullMarked
package org.pgreel.client.copy;

import org.jspecify.annotations.NullMarked;
