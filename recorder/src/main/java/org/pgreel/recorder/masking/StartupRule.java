package org.pgreel.recorder.masking;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.WireText;
import org.pgreel.recorder.event.MaskKind;

/**
 * A start-up packet: a code of four bytes, and behind it process id and key in a CancelRequest, names and values of
 * parameters in a StartupMessage.
 *
 * <p>Of the parameters those values are masked whose names tell of a secret. A value that no zero ends is masked too.
 * Within {@code options} each setting counts as a parameter.
 */
final class StartupRule implements BodyRule {

    static final int CANCEL_REQUEST = 80877102;

    private static final int CODE_BYTES = 4;

    private final KeyRule key = new KeyRule();
    private final ByteArrayOutputStream name = new ByteArrayOutputStream();
    private final ByteArrayOutputStream value = new ByteArrayOutputStream();
    private String parameter = "";
    private String user = "";
    private String database = "";
    private int code;
    private int codeBytes;
    private boolean inValue;
    private @Nullable MaskKind secret;
    private @Nullable OptionsRule options;

    @Override
    public @Nullable MaskKind judge(byte b, long left) {
        if (codeBytes < CODE_BYTES) {
            code = (code << 8) | (b & 0xff);
            codeBytes++;
            return null;
        }
        return code == CANCEL_REQUEST ? key.judge(b, left) : parameter(b);
    }

    private @Nullable MaskKind parameter(byte b) {
        if (inValue) {
            inValue = b != 0;
            if (!inValue) {
                keep();
                return null;
            }
            value.write(b);
            return options == null ? secret : options.judge(b);
        }
        if (b == 0) {
            inValue = true;
            parameter = name.toString(StandardCharsets.UTF_8);
            secret = SecretParameters.kindOf(parameter);
            options = parameter.equals(SecretParameters.OPTIONS) ? new OptionsRule() : null;
            name.reset();
        } else {
            name.write(b);
        }
        return null;
    }

    /** Of a parameter that is named twice the last value counts, as in a StartupMessage. */
    private void keep() {
        byte[] bytes = value.toByteArray();
        value.reset();
        if (parameter.equals("user")) {
            user = WireText.decode(bytes, 0, bytes.length);
        } else if (parameter.equals("database")) {
            database = WireText.decode(bytes, 0, bytes.length);
        }
    }

    String user() {
        return user;
    }

    String database() {
        return database;
    }

    int code() {
        return code;
    }

    CancelKey key() {
        return key.captured();
    }
}
