package org.pgreel.protocol.message;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.pgreel.protocol.message.ErrorFields.Field;
import org.pgreel.protocol.message.StartupMessage.Parameter;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.WireText;

/** Messages of every kind with hostile content: quotes, control characters, bytes that are no UTF-8, extreme numbers. */
public final class MessageArbitraries {
    private static final String HOSTILE = "\"\\#|!@<>[]{}=:*' \n\t\r\u0001\u007f\u0085\u2028é漢𝄞\uFFFDnulx0";

    private MessageArbitraries() {}

    /** Returns texts as the wire may hold them: no NUL, and undecodable bytes among them. */
    public static Arbitrary<String> text() {
        Arbitrary<String> fromBytes = Arbitraries.bytes()
                .filter(b -> b != 0)
                .array(byte[].class)
                .ofMaxSize(12)
                .map(bytes -> WireText.decode(bytes, 0, bytes.length));
        Arbitrary<Integer> hostile = Arbitraries.integers()
                .between(0, HOSTILE.codePointCount(0, HOSTILE.length()) - 1)
                .map(i -> HOSTILE.codePointAt(HOSTILE.offsetByCodePoints(0, i)));
        Arbitrary<String> fromHostile = hostile.list()
                .ofMaxSize(16)
                .map(points -> points.stream()
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
        Arbitrary<String> words = Arbitraries.of(
                "",
                "null",
                "select 1",
                "S",
                "user",
                "I",
                "42",
                "-1",
                "text",
                "...",
                "*",
                "=",
                "a=b",
                "x\"00\"",
                "true",
                "<key>",
                "300ms",
                "sélect '漢'",
                "ERROR",
                "42601",
                "#",
                "a # b");
        return Arbitraries.oneOf(fromBytes, fromHostile, words);
    }

    private static Arbitrary<String> named() {
        return text().filter(text -> !text.isEmpty());
    }

    /** Returns any bytes, text-like ones among them. */
    public static Arbitrary<Bytes> bytes() {
        Arbitrary<Bytes> any =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(16).map(Bytes::wrap);
        return Arbitraries.oneOf(any, text().map(Bytes::utf8));
    }

    private static Arbitrary<Bytes> key() {
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(4)
                .ofMaxSize(256)
                .map(Bytes::wrap);
    }

    private static Arbitrary<Integer> int32() {
        return Arbitraries.oneOf(
                Arbitraries.integers(), Arbitraries.of(0, -1, 1, Integer.MAX_VALUE, Integer.MIN_VALUE));
    }

    private static Arbitrary<List<Integer>> oids() {
        return Arbitraries.oneOf(int32(), Arbitraries.of(16, 23, 25, 1043, 0))
                .list()
                .ofMaxSize(4);
    }

    private static Arbitrary<Integer> format() {
        return Arbitraries.of(0, 1, 0, 1, 2, 65_535);
    }

    private static Arbitrary<List<Integer>> formats() {
        return format().list().ofMaxSize(3);
    }

    private static Arbitrary<Values> values() {
        return bytes().injectNull(0.2).list().ofMaxSize(5).map(Values::of);
    }

    private static Arbitrary<ErrorFields> errorFields() {
        Arbitrary<Character> letter = Arbitraries.oneOf(
                Arbitraries.of('S', 'V', 'C', 'M', 'D', 'H', 'P'),
                Arbitraries.integers().between(1, 255).map(i -> (char) (int) i));
        Arbitrary<ErrorFields> any = Combinators.combine(letter, text())
                .as(Field::new)
                .list()
                .ofMaxSize(6)
                .map(ErrorFields::new);
        Arbitrary<ErrorFields> usual =
                Combinators.combine(text(), text(), text()).as(ErrorFields::of);
        Arbitrary<ErrorFields> more = Combinators.combine(usual, any).as((first, rest) -> {
            ErrorFields joined = first;
            for (Field field : rest.entries()) {
                joined = joined.with(field.letter(), field.text());
            }
            return joined;
        });
        return Arbitraries.oneOf(any, usual, more);
    }

    private static Arbitrary<FieldDescription> column() {
        Arbitrary<Integer> int16 = Arbitraries.integers().between(-32_768, 32_767);
        Arbitrary<FieldDescription> usual = Combinators.combine(
                        text(), Arbitraries.of(16, 20, 23, 25, 1043, 99_999), Arbitraries.of(-1, 4, 8))
                .as(FieldDescription::of);
        Arbitrary<FieldDescription> any = Combinators.combine(
                        text(), int32(), int16, oids().map(l -> l.isEmpty() ? 0 : l.get(0)), int16, int32(), format())
                .as(FieldDescription::new);
        return Arbitraries.oneOf(usual, any);
    }

    /** Returns the messages that begin a connection. */
    public static Arbitrary<FrontendMessage> untyped() {
        Arbitrary<Parameter> parameter = Combinators.combine(named(), text()).as(Parameter::new);
        Arbitrary<Integer> version = Arbitraries.of(196_608, 196_610, 3 << 16 | 9999, 3 << 16 | 0xFFFF);
        return Arbitraries.oneOf(
                Combinators.combine(version, parameter.list().ofMaxSize(5)).as(StartupMessage::new),
                Arbitraries.of(new SSLRequest(), new GSSENCRequest()),
                Combinators.combine(int32(), key()).as(CancelRequest::new));
    }

    /** Returns the messages of type {@code 'p'}. */
    public static Arbitrary<FrontendMessage> passwords() {
        return Arbitraries.oneOf(
                text().map(PasswordMessage::new),
                Combinators.combine(text(), bytes().injectNull(0.2)).as(SASLInitialResponse::new),
                bytes().map(SASLResponse::new),
                bytes().map(GSSResponse::new));
    }

    /** Returns all other messages of the frontend. */
    public static Arbitrary<FrontendMessage> frontend() {
        Arbitrary<Target> target = Arbitraries.of(Target.class);
        return Arbitraries.oneOf(
                text().map(Query::new),
                Combinators.combine(text(), text(), oids()).as(Parse::new),
                Combinators.combine(text(), text(), formats(), values(), formats())
                        .as(Bind::new),
                Combinators.combine(target, text()).as(Describe::new),
                Combinators.combine(target, text()).as(Close::new),
                Combinators.combine(text(), int32()).as(Execute::new),
                Combinators.combine(int32(), formats(), values(), format()).as(FunctionCall::new),
                bytes().map(CopyData::new),
                text().map(CopyFail::new),
                unknown("QPBFdDECHSXcfp"),
                Arbitraries.of(new Flush(), new Sync(), new CopyDone(), new Terminate()));
    }

    private static Arbitrary<UnknownMessage> unknown(String known) {
        Arbitrary<Byte> type = Arbitraries.bytes().filter(b -> known.indexOf(b) < 0);
        return Combinators.combine(type, bytes()).as(UnknownMessage::new);
    }

    /** Returns authentication requests. */
    public static Arbitrary<BackendMessage> authentication() {
        Arbitrary<Integer> unknownCode = int32().filter(code -> code < 0 || code > 12 || code == 1 || code == 6);
        return Arbitraries.oneOf(
                Arbitraries.of(
                        new AuthenticationOk(),
                        new AuthenticationKerberosV5(),
                        new AuthenticationCleartextPassword(),
                        new AuthenticationGSS(),
                        new AuthenticationSSPI()),
                key().map(key -> new AuthenticationMD5Password(key.slice(0, 4))),
                bytes().map(AuthenticationGSSContinue::new),
                named().list().ofMaxSize(3).map(AuthenticationSASL::new),
                bytes().map(AuthenticationSASLContinue::new),
                bytes().map(AuthenticationSASLFinal::new),
                Combinators.combine(unknownCode, bytes()).as(AuthenticationUnknown::new));
    }

    /** Returns all other messages of the backend that have a type. */
    public static Arbitrary<BackendMessage> backend() {
        return Arbitraries.oneOf(
                Combinators.combine(int32(), key()).as(BackendKeyData::new),
                text().map(CommandComplete::new),
                Combinators.combine(format().filter(f -> f < 256), formats()).as(CopyInResponse::new),
                Combinators.combine(format().filter(f -> f < 256), formats()).as(CopyOutResponse::new),
                Combinators.combine(format().filter(f -> f < 256), formats()).as(CopyBothResponse::new),
                bytes().map(CopyData::new),
                values().map(DataRow::new),
                errorFields().map(ErrorResponse::new),
                errorFields().map(NoticeResponse::new),
                bytes().injectNull(0.2).map(FunctionCallResponse::new),
                Combinators.combine(int32(), text().list().ofMaxSize(3)).as(NegotiateProtocolVersion::new),
                Combinators.combine(int32(), text(), text()).as(NotificationResponse::new),
                oids().map(ParameterDescription::new),
                Combinators.combine(text(), text()).as(ParameterStatus::new),
                Arbitraries.of(TransactionStatus.class).map(ReadyForQuery::new),
                column().list().ofMaxSize(4).map(RowDescription::new),
                unknown("TDdVENAtCRKGHWcInSsvZ123"),
                Arbitraries.of(
                        new BindComplete(),
                        new CloseComplete(),
                        new ParseComplete(),
                        new PortalSuspended(),
                        new NoData(),
                        new EmptyQueryResponse(),
                        new CopyDone()));
    }
}
