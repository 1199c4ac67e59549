package org.pgreel.recorder.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.pgreel.recorder.Conversations.bytes;
import static org.pgreel.recorder.Conversations.int4;
import static org.pgreel.recorder.Conversations.join;
import static org.pgreel.recorder.Conversations.message;
import static org.pgreel.recorder.Conversations.query;
import static org.pgreel.recorder.Conversations.startup;
import static org.pgreel.recorder.Conversations.startupOfAlice;
import static org.pgreel.recorder.Conversations.string;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.recorder.event.MaskKind;
import org.pgreel.recorder.event.MaskedSpan;
import org.pgreel.recorder.event.MaskedSpans;
import org.pgreel.recorder.masking.Logins.Login;
import org.pgreel.recorder.masking.Logins.Step;

/** No secret of any login passes the masker, however the stream is cut. */
class SecretMaskerTest {

    static List<Login> logins() {
        return Logins.all().toList();
    }

    @ParameterizedTest
    @MethodSource("logins")
    void noSecretOfALoginPasses(Login login) {
        Stored stored = mask(login.steps());
        for (byte[] spelling : login.spellings()) {
            assertThat(stored.holds(spelling)).isFalse();
        }
        assertThat(stored.spans(Direction.FRONTEND).size()
                        + stored.spans(Direction.BACKEND).size())
                .isPositive();
    }

    @ParameterizedTest
    @MethodSource("logins")
    void theResultIsTheSameWhereverALoginIsCut(Login login) {
        Stored whole = mask(login.steps());
        for (int step = 0; step < login.steps().size(); step++) {
            int length = login.steps().get(step).bytes().length;
            for (int cut = 1; cut < length; cut++) {
                assertThat(mask(cut(login.steps(), step, cut))).isEqualTo(whole);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("logins")
    void theResultIsTheSameByteByByte(Login login) {
        assertThat(mask(byteByByte(login.steps()))).isEqualTo(mask(login.steps()));
    }

    @ParameterizedTest
    @MethodSource("logins")
    void lengthsStayAndOnlyMaskedBytesChange(Login login) {
        Stored stored = mask(login.steps());
        for (Direction direction : Direction.values()) {
            byte[] original = join(login.steps().stream()
                    .filter(step -> step.direction() == direction)
                    .map(Step::bytes)
                    .toArray(byte[][]::new));
            byte[] masked = stored.bytes(direction);
            assertThat(masked).hasSameSizeAs(original);
            boolean[] isMasked = new boolean[masked.length];
            for (MaskedSpan span : stored.spans(direction)) {
                Arrays.fill(isMasked, span.offset(), span.offset() + span.length(), true);
            }
            for (int i = 0; i < masked.length; i++) {
                if (isMasked[i]) {
                    assertThat((char) masked[i]).isIn('*', 'A');
                } else {
                    assertThat(masked[i]).isEqualTo(original[i]);
                }
            }
        }
    }

    @Test
    void whatIsNoSecretInAScramExchangeStays() {
        Login scram = logins().stream()
                .filter(login -> login.name().equals("SCRAM-SHA-256"))
                .findFirst()
                .orElseThrow();
        String frontend = new String(mask(scram.steps()).bytes(Direction.FRONTEND), StandardCharsets.ISO_8859_1);
        String backend = new String(mask(scram.steps()).bytes(Direction.BACKEND), StandardCharsets.ISO_8859_1);
        assertThat(frontend)
                .contains(
                        "SCRAM-SHA-256\0", "n,,n=,r=rOprNGfwEbeRWgbNEkqO", "c=biws,r=rOprNGfwEbeRWgbNEkqO%", ",p=AAAA");
        assertThat(backend).contains("s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", "v=AAAA");
    }

    @Test
    void aPasswordKeepsItsZeroSoThatItCanStillBeDecoded() {
        Stored stored = mask(
                List.of(Logins.f(startupOfAlice()), Logins.b(Logins.request(3)), Logins.f(Logins.password("secret"))));
        assertThat(stored.bytes(Direction.FRONTEND)).endsWith(message('p', string("******")));
    }

    @Test
    void spansTellWhatWasThere() {
        Stored stored = mask(
                List.of(Logins.f(startupOfAlice()), Logins.b(Logins.request(3)), Logins.f(Logins.password("secret"))));
        int begin = startupOfAlice().length + 5;
        assertThat(stored.spans(Direction.FRONTEND)).containsExactly(new MaskedSpan(begin, 6, MaskKind.PASSWORD));
    }

    @Test
    void ordinaryMessagesPassUntouched() {
        byte[] login = join(Logins.request(0), message('Z', bytes("I")));
        byte[] copy = message('d', bytes("p and K and R are letters here"));
        List<Step> steps = List.of(
                Logins.f(startupOfAlice()),
                Logins.b(login),
                Logins.f(query("select 'p'")),
                Logins.b(copy),
                Logins.f(copy));
        Stored stored = mask(byteByByte(steps));
        assertThat(stored.spans(Direction.FRONTEND)).isEmpty();
        assertThat(stored.spans(Direction.BACKEND)).isEmpty();
        assertThat(stored.bytes(Direction.BACKEND)).isEqualTo(join(login, copy));
    }

    @Test
    void afterFramingIsLostInALoginEverythingIsMasked() {
        byte[] broken = join(new byte[] {'p', 0, 0, 0, 3}, bytes("hunter2"));
        Stored stored = mask(List.of(Logins.f(startupOfAlice()), Logins.b(Logins.request(3)), Logins.f(broken)));
        assertThat(stored.holds(bytes("hunter2"))).isFalse();
        assertThat(stored.spans(Direction.FRONTEND).get(0).kind()).isEqualTo(MaskKind.UNFRAMED);
    }

    @Test
    void afterFramingIsLostBehindALoginNothingIsMasked() {
        byte[] garbage = join(new byte[] {'Q', 0, 0, 0, 1}, bytes("what is this"));
        Stored stored = mask(List.of(
                Logins.f(startupOfAlice()),
                Logins.b(join(Logins.request(0), message('Z', bytes("I")))),
                Logins.f(garbage)));
        assertThat(stored.holds(bytes("what is this"))).isTrue();
    }

    @Test
    void onlyTheValuesOfSecretStartupParametersAreMasked() {
        byte[] startup = Logins.startupWith(
                "user", "alice", "passWord", "a", "x.token", "", "options", "mode=1", "secret", "ab");
        Stored stored = mask(List.of(Logins.f(startup)));
        String text = new String(stored.bytes(Direction.FRONTEND), StandardCharsets.ISO_8859_1);
        assertThat(text).endsWith("user\0alice\0passWord\0*\0x.token\0\0options\0mode=1\0secret\0**\0\0");
        assertThat(stored.spans(Direction.FRONTEND))
                .extracting(MaskedSpan::kind)
                .containsExactly(MaskKind.PASSWORD, MaskKind.TOKEN);
    }

    @ParameterizedTest
    @CsvSource({
        "-c some.password=hunter2,                        -c some.password=*******",
        "-csome.password=x -c work_mem=4MB,               -csome.password=* -c work_mem=4MB",
        "--app.token=a\\ b -c app.name=token,              --app.token=**** -c app.name=token",
        "-c search_path=secret\tX=1 --secret==y,           -c search_path=secret\tX=1 --secret=**",
        "-c password,                                     -c password",
    })
    void secretSettingsWithinOptionsAreMaskedToo(String options, String masked) {
        String value = options.replace("\\t", "\t");
        Stored stored = mask(List.of(Logins.f(Logins.startupWith("options", value, "user", "alice"))));

        String text = new String(stored.bytes(Direction.FRONTEND), StandardCharsets.ISO_8859_1);
        assertThat(text).endsWith("options\0" + masked.replace("\\t", "\t") + "\0user\0alice\0\0");
        assertThat(SecretParameters.withoutSecrets(Map.of("options", value, "password", "x")))
                .isEqualTo(Map.of("options", masked.replace("\\t", "\t")));
    }

    /** What a first packet means (an answer of one byte is owed, a key follows, the rest is untyped) it means only there. */
    @ParameterizedTest
    @ValueSource(ints = {80877103, 80877104, 80877102, 196608, 0})
    void aTypedMessageOfTypeZeroIsNoFirstPacket(int code) {
        byte[] zero = message('\0', int4(code), int4(4711), Logins.KEY);
        byte[] shortZero = message('\0', bytes("abc"));
        byte[] greeting = join(Logins.request(0), shortZero, message('K', int4(4711), Logins.KEY));
        List<Step> steps = List.of(
                Logins.f(startupOfAlice()),
                Logins.f(join(zero, shortZero)),
                Logins.b(Logins.request(3)),
                Logins.f(Logins.password(Logins.PASSWORD)),
                Logins.b(greeting));
        Stored whole = mask(steps);
        assertThat(whole.spans(Direction.FRONTEND))
                .extracting(MaskedSpan::length, MaskedSpan::kind)
                .containsExactly(tuple(Logins.PASSWORD.length(), MaskKind.PASSWORD));
        assertThat(whole.spans(Direction.BACKEND))
                .extracting(MaskedSpan::length, MaskedSpan::kind)
                .containsExactly(tuple(Logins.KEY.length, MaskKind.CANCEL_KEY));
        for (int step = 0; step < steps.size(); step++) {
            for (int cut = 1; cut < steps.get(step).bytes().length; cut++) {
                assertThat(mask(cut(steps, step, cut))).isEqualTo(whole);
            }
        }
        SecretMasker masker = new SecretMasker();
        steps.forEach(step -> feed(masker, step));
        assertThat(masker.messages(Direction.FRONTEND)).isEqualTo(4);
        assertThat(masker.messages(Direction.BACKEND)).isEqualTo(4);
        assertThat(masker.cancelRequestKey()).isNull();
    }

    @Test
    void keysAreKnownInMemory() {
        SecretMasker session = new SecretMasker();
        feed(session, Logins.b(join(Logins.request(0), message('K', int4(4711), Logins.KEY))));
        SecretMasker cancel = new SecretMasker();
        feed(cancel, Logins.f(startup(80877102, int4(4711), Logins.KEY)));
        assertThat(session.backendKey()).isNotNull().isEqualTo(cancel.cancelRequestKey());
        assertThat(String.valueOf(session.backendKey())).isEqualTo("key of process 4711");
    }

    @Test
    void messagesAndBoundariesAreCounted() {
        SecretMasker masker = new SecretMasker();
        feed(masker, Logins.f(startupOfAlice()));
        byte[] queries = join(query("select 1"), query("select 2"));
        feed(masker, Logins.f(Arrays.copyOf(queries, 3)));
        assertThat(masker.messages(Direction.FRONTEND)).isEqualTo(1);
        assertThat(masker.firstBoundary(Direction.FRONTEND)).isZero();
        feed(masker, Logins.f(Arrays.copyOfRange(queries, 3, queries.length)));
        assertThat(masker.messages(Direction.FRONTEND)).isEqualTo(3);
        assertThat(masker.firstBoundary(Direction.FRONTEND)).isEqualTo(query("select 1").length - 3);
        feed(masker, Logins.f(new byte[0]));
        assertThat(masker.firstBoundary(Direction.FRONTEND)).isEqualTo(-1);
    }

    private static void feed(SecretMasker masker, Step step) {
        byte[] copy = step.bytes().clone();
        masker.mask(step.direction(), copy, 0, copy.length, new MaskedSpans());
    }

    static List<Step> cut(List<Step> steps, int index, int at) {
        List<Step> result = new ArrayList<>(steps);
        Step step = result.remove(index);
        result.add(index, new Step(step.direction(), Arrays.copyOf(step.bytes(), at)));
        result.add(index + 1, new Step(step.direction(), Arrays.copyOfRange(step.bytes(), at, step.bytes().length)));
        return result;
    }

    static List<Step> byteByByte(List<Step> steps) {
        List<Step> result = new ArrayList<>();
        for (Step step : steps) {
            for (byte b : step.bytes()) {
                result.add(new Step(step.direction(), new byte[] {b}));
            }
        }
        return result;
    }

    static Stored mask(List<Step> steps) {
        SecretMasker masker = new SecretMasker();
        Map<Direction, ByteArrayOutputStream> bytes = new EnumMap<>(Direction.class);
        Map<Direction, MaskedSpans> spans = new EnumMap<>(Direction.class);
        for (Direction direction : Direction.values()) {
            bytes.put(direction, new ByteArrayOutputStream());
            spans.put(direction, new MaskedSpans());
        }
        for (Step step : steps) {
            byte[] copy = step.bytes().clone();
            MaskedSpans ofStep = new MaskedSpans();
            masker.mask(step.direction(), copy, 0, copy.length, ofStep);
            int before = bytes.get(step.direction()).size();
            for (MaskedSpan span : ofStep.toList()) {
                spans.get(step.direction()).add(before + span.offset(), span.length(), span.kind());
            }
            bytes.get(step.direction()).writeBytes(copy);
        }
        return new Stored(
                hex(bytes.get(Direction.FRONTEND)),
                hex(bytes.get(Direction.BACKEND)),
                spans.get(Direction.FRONTEND).toList(),
                spans.get(Direction.BACKEND).toList());
    }

    private static String hex(ByteArrayOutputStream bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    /** What a masker left of both directions. */
    record Stored(String frontend, String backend, List<MaskedSpan> frontendSpans, List<MaskedSpan> backendSpans) {

        byte[] bytes(Direction direction) {
            return HexFormat.of().parseHex(direction == Direction.FRONTEND ? frontend : backend);
        }

        List<MaskedSpan> spans(Direction direction) {
            return direction == Direction.FRONTEND ? frontendSpans : backendSpans;
        }

        boolean holds(byte[] secret) {
            String hex = HexFormat.of().formatHex(secret);
            return frontend.contains(hex) || backend.contains(hex);
        }
    }
}
