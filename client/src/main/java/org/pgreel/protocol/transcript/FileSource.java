package org.pgreel.protocol.transcript;

import java.io.IOException;
import org.pgreel.protocol.wire.Bytes;

/** Where the content of {@code file"NAME"} comes from while a text is read, so that reading a text needs no file system. */
@FunctionalInterface
public interface FileSource {
    /**
     * Returns the content of the file.
     *
     * @param name as the text spells it
     * @throws IOException if there is none, or it may not be read; the message is a sentence for the text's author
     */
    Bytes read(String name) throws IOException;
}
