package org.pgreel.recorder.diff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.AuthenticationMD5Password;
import org.pgreel.protocol.message.AuthenticationRequest;
import org.pgreel.protocol.message.BackendKeyData;
import org.pgreel.protocol.message.Bind;
import org.pgreel.protocol.message.CancelRequest;
import org.pgreel.protocol.message.Close;
import org.pgreel.protocol.message.DataRow;
import org.pgreel.protocol.message.Describe;
import org.pgreel.protocol.message.ErrorFields;
import org.pgreel.protocol.message.ErrorResponse;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.FieldDescription;
import org.pgreel.protocol.message.GSSResponse;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.NotificationResponse;
import org.pgreel.protocol.message.ParameterDescription;
import org.pgreel.protocol.message.Parse;
import org.pgreel.protocol.message.PasswordMessage;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.protocol.message.SASLInitialResponse;
import org.pgreel.protocol.message.SASLResponse;
import org.pgreel.protocol.message.Target;
import org.pgreel.protocol.message.Values;
import org.pgreel.recorder.diff.Difference.Kind;
import org.pgreel.recorder.recording.RecordedMessage;

/**
 * Compares two messages of the same name, field by field. It remembers which names of statements and portals stand for each
 * other, one to one. Confined to one thread.
 */
final class MessageComparison {

    /** What initdb made has the same OID everywhere; what is made later has not (transam.h, FirstNormalObjectId). */
    private static final int FIRST_OWN_OID = 16384;

    private static final String SOURCE_LETTERS = "FLR";

    private static final Pattern TEMPORARY = Pattern.compile("\\b(pg_(?:toast_)?temp)_[0-9]+\\b");

    private final List<Difference> found;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, String> namesBack = new HashMap<>();

    MessageComparison(List<Difference> found) {
        this.found = found;
    }

    /** Compares two messages that face each other; their names are equal. */
    void compare(RecordedMessage left, RecordedMessage right) {
        if (!(left.content() instanceof RecordedMessage.Decoded leftDecoded)
                || !(right.content() instanceof RecordedMessage.Decoded rightDecoded)) {
            if (!left.content().equals(right.content())) {
                add(Kind.VALUE, "the bytes differ", left, right);
            }
            return;
        }
        Message one = leftDecoded.message();
        Message other = rightDecoded.message();
        if (!one.equals(other)) {
            differing(one, other, left, right);
        }
        if (one instanceof Parse parse && other instanceof Parse otherParse) {
            name("statement", parse.statement(), otherParse.statement(), left, right);
        } else if (one instanceof Bind bind && other instanceof Bind otherBind) {
            name("portal", bind.portal(), otherBind.portal(), left, right);
            name("statement", bind.statement(), otherBind.statement(), left, right);
        }
    }

    private void differing(Message one, Message other, RecordedMessage left, RecordedMessage right) {
        if (one instanceof BackendKeyData key && other instanceof BackendKeyData otherKey) {
            when(key.processId() != otherKey.processId(), Kind.PID, "the process id differs", left, right);
            when(!key.secretKey().equals(otherKey.secretKey()), Kind.KEY, "the key differs", left, right);
        } else if (one instanceof CancelRequest) {
            add(Kind.KEY, "the process id or key differs", left, right);
        } else if (drawnAnew(one) && drawnAnew(other)) {
            add(Kind.NONCE, "what the login draws anew differs", left, right);
        } else if (one instanceof ErrorResponse error && other instanceof ErrorResponse otherError) {
            diagnostics(error.fields(), otherError.fields(), left, right);
        } else if (one instanceof NoticeResponse notice && other instanceof NoticeResponse otherNotice) {
            diagnostics(notice.fields(), otherNotice.fields(), left, right);
        } else if (one instanceof RowDescription rows && other instanceof RowDescription otherRows) {
            columns(rows.columns(), otherRows.columns(), left, right);
        } else if (one instanceof ParameterDescription types && other instanceof ParameterDescription otherTypes) {
            types(types.types(), otherTypes.types(), left, right);
        } else if (one instanceof NotificationResponse told && other instanceof NotificationResponse otherTold) {
            when(told.processId() != otherTold.processId(), Kind.PID, "the process id differs", left, right);
            boolean same =
                    told.channel().equals(otherTold.channel()) && told.payload().equals(otherTold.payload());
            when(!same, Kind.VALUE, "the channel or payload differs", left, right);
        } else {
            requests(one, other, left, right);
        }
    }

    private void requests(Message one, Message other, RecordedMessage left, RecordedMessage right) {
        if (one instanceof Parse parse && other instanceof Parse otherParse) {
            when(!parse.sql().equals(otherParse.sql()), Kind.VALUE, "the statement differs", left, right);
            types(parse.parameterTypes(), otherParse.parameterTypes(), left, right);
        } else if (one instanceof Bind bind && other instanceof Bind otherBind) {
            String[] otherNames = {otherBind.portal(), otherBind.statement()};
            Bind renamed = new Bind(
                    otherNames[0], otherNames[1], bind.parameterFormats(), bind.parameters(), bind.resultFormats());
            when(!renamed.equals(otherBind), Kind.VALUE, "parameters or formats differ", left, right);
        } else if (one instanceof Execute execute && other instanceof Execute otherExecute) {
            name("portal", execute.portal(), otherExecute.portal(), left, right);
            when(execute.maxRows() != otherExecute.maxRows(), Kind.VALUE, "the row limit differs", left, right);
        } else if (one instanceof Describe describe && other instanceof Describe otherDescribe) {
            target(describe.target(), otherDescribe.target(), left, right);
            name(word(describe.target()), describe.targetName(), otherDescribe.targetName(), left, right);
        } else if (one instanceof Close close && other instanceof Close otherClose) {
            target(close.target(), otherClose.target(), left, right);
            name(word(close.target()), close.targetName(), otherClose.targetName(), left, right);
        } else if (one instanceof DataRow row && other instanceof DataRow otherRow) {
            values(row.values(), otherRow.values(), left, right);
        } else {
            add(Kind.VALUE, one.name() + " differs", left, right);
        }
    }

    private void values(Values one, Values other, RecordedMessage left, RecordedMessage right) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < Math.min(one.count(), other.count()); i++) {
            if (!Objects.equals(one.value(i), other.value(i))) {
                columns.add(String.valueOf(i + 1));
            }
        }
        String what = one.count() != other.count()
                ? one.count() + " values became " + other.count()
                : (columns.size() == 1 ? "the value of column " : "the values of columns ")
                        + String.join(", ", columns)
                        + (columns.size() == 1 ? " differs" : " differ");
        add(Kind.VALUE, what, left, right);
    }

    private void target(Target one, Target other, RecordedMessage left, RecordedMessage right) {
        when(one != other, Kind.VALUE, "one is about a statement, the other about a portal", left, right);
    }

    private static String word(Target target) {
        return target == Target.STATEMENT ? "statement" : "portal";
    }

    private static boolean drawnAnew(Message message) {
        return message instanceof AuthenticationMD5Password
                || message instanceof AuthenticationRequest && message.name().contains("Continue")
                || message instanceof AuthenticationRequest && message.name().contains("Final")
                || message instanceof PasswordMessage
                || message instanceof SASLInitialResponse
                || message instanceof SASLResponse
                || message instanceof GSSResponse;
    }

    private void diagnostics(ErrorFields one, ErrorFields other, RecordedMessage left, RecordedMessage right) {
        if (!one.sqlState().equals(other.sqlState()) || !one.severity().equals(other.severity())) {
            add(
                    Kind.SQLSTATE,
                    one.severity() + " " + one.sqlState() + " became " + other.severity() + " " + other.sqlState(),
                    left,
                    right);
            return;
        }
        List<ErrorFields.Field> rest = said(one, true);
        List<ErrorFields.Field> otherRest = said(other, true);
        if (!rest.equals(otherRest)) {
            add(Kind.VALUE, "the text or a field of " + one.sqlState() + " differs", left, right);
            return;
        }
        when(!said(one, false).equals(said(other, false)), Kind.NAME, "a temporary schema's name differs", left, right);
        when(!source(one).equals(source(other)), Kind.SOURCE, "the place in the server's source differs", left, right);
    }

    /** Returns all but the place in the source; temporary schemas are called by the number of the backend. */
    private static List<ErrorFields.Field> said(ErrorFields fields, boolean anyTemporary) {
        return fields.entries().stream()
                .filter(field -> SOURCE_LETTERS.indexOf(field.letter()) < 0)
                .map(field -> anyTemporary
                        ? new ErrorFields.Field(
                                field.letter(), TEMPORARY.matcher(field.text()).replaceAll("$1"))
                        : field)
                .toList();
    }

    private static List<ErrorFields.Field> source(ErrorFields fields) {
        return fields.entries().stream()
                .filter(field -> SOURCE_LETTERS.indexOf(field.letter()) >= 0)
                .toList();
    }

    private void columns(
            List<FieldDescription> one, List<FieldDescription> other, RecordedMessage left, RecordedMessage right) {
        if (one.size() != other.size()) {
            add(Kind.VALUE, one.size() + " columns became " + other.size(), left, right);
            return;
        }
        boolean oids = false;
        for (int i = 0; i < one.size(); i++) {
            FieldDescription a = one.get(i);
            FieldDescription b = other.get(i);
            FieldDescription likened = new FieldDescription(
                    b.name(),
                    own(a.tableOid(), b.tableOid()) ? a.tableOid() : b.tableOid(),
                    b.columnNumber(),
                    own(a.typeOid(), b.typeOid()) ? a.typeOid() : b.typeOid(),
                    b.typeLength(),
                    b.typeModifier(),
                    b.format());
            when(!likened.equals(a), Kind.VALUE, "column " + (i + 1) + ", " + a.name() + ", differs", left, right);
            oids |= !likened.equals(b);
        }
        when(oids, Kind.OID, "OIDs of tables or types differ", left, right);
    }

    private void types(List<Integer> one, List<Integer> other, RecordedMessage left, RecordedMessage right) {
        boolean oids = false;
        if (one.size() != other.size()) {
            add(Kind.VALUE, one.size() + " parameter types became " + other.size(), left, right);
            return;
        }
        for (int i = 0; i < one.size(); i++) {
            boolean same = Objects.equals(one.get(i), other.get(i));
            boolean own = own(one.get(i), other.get(i));
            when(!same && !own, Kind.VALUE, "the type of parameter " + (i + 1) + " differs", left, right);
            oids |= !same && own;
        }
        when(oids, Kind.OID, "OIDs of types differ", left, right);
    }

    private static boolean own(int one, int other) {
        return Integer.compareUnsigned(one, FIRST_OWN_OID) >= 0 && Integer.compareUnsigned(other, FIRST_OWN_OID) >= 0;
    }

    /** Names may differ as long as each stands for the same one, both ways. The unnamed one stands for itself. */
    private void name(String what, String one, String other, RecordedMessage left, RecordedMessage right) {
        if (one.isEmpty() || other.isEmpty()) {
            when(!one.equals(other), Kind.VALUE, "one " + what + " has a name, the other has none", left, right);
            return;
        }
        String known = names.putIfAbsent(what + ' ' + one, other);
        String back = namesBack.putIfAbsent(what + ' ' + other, one);
        if (known == null && back == null) {
            when(!one.equals(other), Kind.NAME, what + " " + one + " is called " + other, left, right);
        } else if (!other.equals(known) || !one.equals(back)) {
            add(Kind.VALUE, "another " + what + " is meant", left, right);
        }
    }

    private void when(
            boolean differs, Kind kind, String what, @Nullable RecordedMessage left, @Nullable RecordedMessage right) {
        if (differs) {
            add(kind, what, left, right);
        }
    }

    void add(Kind kind, String what, @Nullable RecordedMessage left, @Nullable RecordedMessage right) {
        found.add(new Difference(kind, what, left, right));
    }
}
