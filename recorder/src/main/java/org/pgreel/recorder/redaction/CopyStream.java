package org.pgreel.recorder.redaction;

import org.pgreel.protocol.wire.Bytes;

/** Redacts the data of one COPY, which may be cut anywhere. As many bytes come out as go in. Confined to one thread. */
interface CopyStream {

    /** Takes the next data and returns what of all that came is redacted by now, behind what was returned before. */
    byte[] add(Bytes data);

    /** Returns the rest, at the end of the data. */
    byte[] end();
}
