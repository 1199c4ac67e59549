package org.pgreel.replay.play;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.authentication.Md5Password;
import org.pgreel.protocol.authentication.ScramSha256;
import org.pgreel.protocol.message.AuthenticationMD5Password;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.PasswordMessage;
import org.pgreel.protocol.message.SASLInitialResponse;
import org.pgreel.protocol.message.SASLResponse;
import org.pgreel.protocol.transcript.Atom;
import org.pgreel.protocol.transcript.Field;
import org.pgreel.protocol.transcript.Item;
import org.pgreel.protocol.transcript.Line;
import org.pgreel.protocol.transcript.MessageForms;
import org.pgreel.protocol.transcript.Value;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.replay.engine.Entropy;
import org.pgreel.replay.script.Durations;
import org.pgreel.replay.script.Step;

/** Makes messages of lines and compares lines with messages, for one connection: its wildcards mean its own login. */
final class Phrasing {
    private static final int SALT_BYTES = 4;
    private static final int NONCE_BYTES = 18;
    private static final int DATE_LETTERS = 10;
    private static final int CLOCK_END = 19;
    private static final DateTimeFormatter NOW =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ssx", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** What belongs to the connection and not to its lines. */
    interface Surroundings {
        /** Returns the user's name as the StartupMessage gave it; "" before. */
        String user();

        /** Returns how many bytes a cancel key has in the protocol that the client speaks. */
        int keyBytes();

        /** Returns the hash of this server's certificate; null without TLS. */
        @Nullable
        Bytes endPointHash();
    }

    private final Bindings bindings;
    private final Entropy entropy;
    private final String password;
    private final Phrases phrases;
    private final Surroundings around;
    private final ScramPlay scram;
    private Bytes salt = Bytes.EMPTY;

    Phrasing(ScriptEngine run, Surroundings around) {
        this.bindings = run.bindings();
        this.entropy = run.entropy();
        this.password = run.settings().password();
        this.phrases = run.phrases();
        this.around = around;
        this.scram = new ScramPlay(password, run.settings().scramIterations(), entropy, phrases);
    }

    /** Returns the message that the line says, without its overrides; wildcards become what is bound, or new values. */
    BackendMessage message(Step.MessageLine line, int number) {
        BackendMessage known = phrases.message(line);
        if (known == null) {
            known = message(line.name(), line.fields(), number);
            phrases.said(line, known);
        } else if (known instanceof AuthenticationMD5Password request) {
            salt = request.salt();
        }
        return known;
    }

    /** Returns the bytes of the message, which may not be changed. */
    byte[] encoded(BackendMessage message) {
        return phrases.bytes(message);
    }

    /** Returns the message that the line says, without its overrides; wildcards become what is bound, or new values. */
    BackendMessage message(String name, List<Field> fields, int line) {
        List<Field> complete = new ArrayList<>();
        for (Field field : fields) {
            if (field instanceof Field.Plain plain && isMechanisms(plain.value())) {
                complete.addAll(mechanisms());
            } else if (!(field instanceof Field.Overriding)) {
                complete.add(filled(field));
            }
        }
        var item = new Item.MessageItem(Direction.BACKEND, name, complete, 1);
        var message = (BackendMessage) MessageForms.read(item, line);
        if (message instanceof AuthenticationMD5Password request) {
            salt = request.salt();
        }
        return message;
    }

    private static boolean isMechanisms(Value value) {
        return ValuePattern.single(value) instanceof Atom.Wildcard wildcard
                && wildcard.type().equals("mechanisms");
    }

    /** What a server offers: a binding to the channel only where there is one to bind to. */
    private List<Field> mechanisms() {
        Field plain = Field.of(Value.of(ScramSha256.MECHANISM));
        return around.endPointHash() == null
                ? List.of(plain)
                : List.of(Field.of(Value.of(ScramSha256.MECHANISM_PLUS)), plain);
    }

    private Field filled(Field field) {
        if (field instanceof Field.Plain plain) {
            return new Field.Plain(filled(plain.value()), plain.column());
        }
        if (field instanceof Field.Named named) {
            return new Field.Named(named.name(), filled(named.value()), named.column());
        }
        return field;
    }

    /** Returns the value with its wildcards filled. */
    Value filled(Value value) {
        List<Atom> atoms = new ArrayList<>();
        for (Atom atom : value.atoms()) {
            atoms.add(filled(atom, value.atoms().size() > 1));
        }
        return new Value(atoms);
    }

    private Atom filled(Atom atom, boolean part) {
        if (atom instanceof Atom.Group group) {
            return new Atom.Group(group.fields().stream().map(this::filled).toList());
        }
        if (!(atom instanceof Atom.Wildcard wildcard) || isCount(wildcard)) {
            return atom;
        }
        Atom meaning = meaning(wildcard);
        return part && meaning instanceof Atom.Bare bare ? new Atom.Literal(Bytes.utf8(bare.spelling())) : meaning;
    }

    /** {@code <secret:20>}: so many bytes, not a label. */
    private static boolean isCount(Atom.Wildcard wildcard) {
        return wildcard.type().equals("secret");
    }

    private Atom meaning(Atom.Wildcard wildcard) {
        String label = wildcard.label();
        Atom bound = label == null ? null : bindings.get(label);
        if (bound != null) {
            return bound;
        }
        Atom made = made(wildcard);
        if (label != null) {
            bindings.bind(label, made);
        }
        return made;
    }

    private Atom made(Atom.Wildcard wildcard) {
        return switch (wildcard.type()) {
            case "pid", "oid", "int", "digits" ->
                new Atom.Bare(String.valueOf(ByteBuffer.wrap(entropy.bytes(4)).getInt() >>> 8 | 1));
            case "key" -> new Atom.Literal(Bytes.wrap(entropy.bytes(around.keyBytes())));
            case "salt" -> new Atom.Literal(Bytes.wrap(entropy.bytes(SALT_BYTES)));
            case "nonce" -> text(Base64.getEncoder().encodeToString(entropy.bytes(NONCE_BYTES)));
            case "uuid" ->
                text(java.util.UUID.nameUUIDFromBytes(entropy.bytes(16)).toString());
            case "random" -> new Atom.Literal(Bytes.wrap(entropy.bytes(count(wildcard))));
            case "now", "timestamp" -> text(NOW.format(entropy.now()));
            case "date" -> text(NOW.format(entropy.now()).substring(0, DATE_LETTERS));
            case "time" -> text(NOW.format(entropy.now()).substring(DATE_LETTERS + 1, CLOCK_END));
            case "server-first" -> new Atom.Literal(scram.serverFirst(words(wildcard.fields())));
            case "server-final" -> new Atom.Literal(scram.serverFinal(words(wildcard.fields())));
            default -> text("");
        };
    }

    private static Atom text(String text) {
        return new Atom.Literal(Bytes.utf8(text));
    }

    private static int count(Atom.Wildcard wildcard) {
        for (Field field : wildcard.fields()) {
            if (field instanceof Field.Plain plain) {
                return Integer.parseInt(word(plain.value()));
            }
        }
        return 1;
    }

    private static Map<String, String> words(List<Field> fields) {
        var words = new HashMap<String, String>();
        for (Field field : fields) {
            if (field instanceof Field.Named named) {
                words.put(named.name(), word(named.value()));
            }
        }
        return words;
    }

    /** Returns the value as text, quoted or not. */
    static String word(Value value) {
        return new String(ValuePattern.latin(value).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** Tells whether what came is what the line awaits; binds nothing. */
    boolean matches(Step.MessageLine line, Happening.Arrived arrived) {
        FrontendMessage message = arrived.message();
        if (phrases.awaits(line, message, arrived.raw())) {
            return true;
        }
        boolean equal = matches(line.name(), line.fields(), message, false);
        if (equal) {
            phrases.met(line, message, arrived.raw());
        }
        return equal;
    }

    /** Tells whether the message is what the line awaits; binds nothing. */
    boolean matches(String name, List<Field> fields, FrontendMessage message, boolean partial) {
        return message.name().equals(name) && unequal(name, fields, message, partial, bindings.trial()) == 0;
    }

    /** Returns how many fields of the message differ from what the line awaits; the message is of that name. */
    int unequal(String name, List<Field> fields, FrontendMessage message) {
        return unequal(name, fields, message, false, bindings.trial());
    }

    private static int unequal(
            String name, List<Field> fields, FrontendMessage message, boolean partial, Bindings trial) {
        var item = new Item.MessageItem(Direction.FRONTEND, name, fields, 1);
        return MessageMatch.unequal(
                MessageForms.byName(item, 0), MessageForms.byName(Direction.FRONTEND, message), partial, trial);
    }

    /** Tells whether the message is what a moment names; fields that it does not name are free. */
    boolean matches(String name, List<Field> fields, BackendMessage message) {
        return MessageMatch.is(name, fields, message, bindings.trial());
    }

    /** Tells whether the statement is what a line awaits. */
    boolean matches(Value expected, String sql) {
        String literal = phrases.literal(expected);
        if (literal != null) {
            return literal.equals(phrases.letters(sql));
        }
        return new ValuePattern(bindings.trial()).matches(expected, Value.of(sql));
    }

    /** Binds the labels of what a line awaited and has come. */
    void bind(Value expected, String sql) {
        if (!phrases.binds(expected)) {
            return;
        }
        Bindings trial = bindings.trial();
        if (new ValuePattern(trial).matches(expected, Value.of(sql))) {
            bindings.adopt(trial);
        }
    }

    /** Binds the labels of a line to what the message holds, which matches it. */
    void bind(Step.MessageLine line, FrontendMessage message) {
        if (phrases.binds(line)) {
            Bindings trial = bindings.trial();
            unequal(line.name(), line.fields(), message, false, trial);
            bindings.adopt(trial);
        }
        if (message instanceof SASLInitialResponse initial && initial.data() != null) {
            scram.begun(initial.mechanism(), initial.data());
        }
    }

    /** Returns why the client is not let in with this answer, if the line asks to check it; null if it is. */
    @Nullable
    String refusal(Step.MessageLine line, FrontendMessage message) {
        if (message instanceof SASLResponse response && asks(line, "client-final")) {
            return scram.refusal(response.data(), around.endPointHash());
        }
        if (message instanceof PasswordMessage answer && asks(line, "secret")) {
            String check = check(line);
            boolean wrong = check.equals("cleartext") && !answer.password().equals(password)
                    || check.equals("md5")
                            && !Md5Password.matches(
                                    answer.password(),
                                    around.user(),
                                    password.getBytes(StandardCharsets.UTF_8),
                                    salt.toArray());
            return wrong ? "the password is wrong" : null;
        }
        return null;
    }

    private static boolean asks(Step.MessageLine line, String type) {
        return wildcard(line, type) != null;
    }

    private static String check(Step.MessageLine line) {
        Atom.Wildcard wildcard = wildcard(line, "secret");
        return wildcard == null ? "" : words(wildcard.fields()).getOrDefault("check", "");
    }

    private static Atom.@Nullable Wildcard wildcard(Step.MessageLine line, String type) {
        for (Field field : line.fields()) {
            Value value = field instanceof Field.Plain plain
                    ? plain.value()
                    : field instanceof Field.Named named ? named.value() : null;
            if (value != null
                    && ValuePattern.single(value) instanceof Atom.Wildcard wildcard
                    && wildcard.type().equals(type)) {
                return wildcard;
            }
        }
        return null;
    }

    /** Returns the bytes that stand in an event's fields. */
    Bytes bytes(List<Field> fields) {
        var text = new StringBuilder();
        for (Field field : fields) {
            if (field instanceof Field.Plain plain) {
                text.append(ValuePattern.latin(filled(plain.value())));
            }
        }
        return Bytes.wrap(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Returns the bytes of a value that a field is set to. */
    byte[] bytes(Value value) {
        return ValuePattern.latin(filled(value)).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Returns the duration that stands in an event's fields, by itself; null if there is none. */
    static @Nullable Duration duration(List<Field> fields) {
        for (Field field : fields) {
            if (field instanceof Field.Plain plain) {
                return Durations.of(word(plain.value())).orElse(null);
            }
        }
        return null;
    }

    /** Returns the value of the field with that name as text; null if there is none. */
    static @Nullable String named(List<Field> fields, String name) {
        for (Field field : fields) {
            if (field instanceof Field.Named named && named.name().equals(name)) {
                return word(named.value());
            }
        }
        return null;
    }

    /** Returns the message in the notation, secrets left out. */
    static String spelled(FrontendMessage message) {
        return Line.of(MessageForms.write(Direction.FRONTEND, message, false)).toString();
    }

    /** Returns the message in the notation, secrets left out. */
    static String spelled(BackendMessage message) {
        return Line.of(MessageForms.write(Direction.BACKEND, message, false)).toString();
    }

    /** Returns what happened in the notation. */
    static String spelled(Happening happening) {
        if (happening instanceof Happening.Arrived arrived) {
            return spelled(arrived.message());
        }
        if (happening instanceof Happening.Executed executed) {
            return spelled(executed.message());
        }
        if (happening instanceof Happening.Ended ended) {
            return ended.reset() ? "F reset" : "F eof";
        }
        if (happening instanceof Happening.TlsUp) {
            return "F tls";
        }
        if (happening instanceof Happening.TlsFailed failed) {
            return "F tls fails   # " + failed.reason();
        }
        Happening.Unreadable unreadable = (Happening.Unreadable) happening;
        return "F raw x\"" + unreadable.raw().hex() + "\"   # " + unreadable.reason();
    }
}
