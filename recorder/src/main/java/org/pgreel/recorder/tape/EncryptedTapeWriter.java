package org.pgreel.recorder.tape;

import java.io.IOException;
import java.io.OutputStream;
import org.pgreel.recorder.encryption.EncryptingOutput;
import org.pgreel.recorder.encryption.TapeKey;
import org.pgreel.recorder.event.SessionEvent;

/** Writes a tape in either form and encrypts it. What it amounts to is told of the encrypted file. */
final class EncryptedTapeWriter implements TapeWriter {

    private final HashingOutput file;
    private final EncryptingOutput encrypted;
    private final TapeWriter writer;

    EncryptedTapeWriter(OutputStream out, TapeForm form, TapeKey key) throws IOException {
        file = new HashingOutput(out);
        encrypted = new EncryptingOutput(file, key);
        writer = Tapes.writer(encrypted, form);
    }

    @Override
    public void session(Iterable<? extends SessionEvent> events) throws IOException {
        writer.session(events);
    }

    @Override
    public TapeTotals finish() throws IOException {
        TapeTotals plain = writer.finish();
        encrypted.finish();
        return new TapeTotals(plain.sessions(), plain.events(), file.bytes(), file.hex());
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
