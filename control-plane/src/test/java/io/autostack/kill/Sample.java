package io.autostack.kill;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Before which of its writes an operation is killed when it is not killed before each: where a request writes more
/// than once, where a step has done its work and nobody has written that down, in the midst of what takes a step
/// several writes, and before its end is written down. A step that writes what one of an earlier kind wrote stands
/// for both. Where the engine alone is at work, before all of it, at the claim and when the task is put away, some
/// kinds stand for the others.
final class Sample {

    private static final String ANSWER = "commit of update provisioning.operation, update provisioning.step";
    private static final String OPERATION = "commit of update provisioning.operation";
    private static final String PUT_AWAY = "delete from provisioning.scheduled_task";

    private static final int FEW = 8;

    /// What differs from tenant to tenant and from moment to moment.
    private static final Pattern OF_THE_MOMENT = Pattern.compile("[0-9a-f]{8,}|\\d+");

    private final Set<List<String>> steps = new HashSet<>();

    /// @param writes of an undisturbed operation, as they were seen on the wire
    /// @param engine whether this kind is one of those that stand for the others
    /// @return numbers from 1 on
    SortedSet<Integer> of(List<String> writes, boolean engine) {
        var chosen = new TreeSet<Integer>();
        int claim = writes.indexOf(Target.CLAIM) + 1;
        int work = 0;
        for (int number = 1; number <= writes.size(); number++) {
            var write = writes.get(number - 1);
            if (isEngines(write) ? engine : isRequest(number, claim, engine) || isEnd(write)) chosen.add(number);
            if (number > claim && isWork(write)) {
                work++;
                continue;
            }
            if (work > 0 && steps.add(alike(writes.subList(number - 1 - work, number - 1)))) {
                chosen.add(number);
                midst(number - work, work, chosen);
            }
            work = 0;
        }
        return chosen;
    }

    /// Before the only write of a request nothing has happened yet, whatever is asked for.
    private static boolean isRequest(int number, int claim, boolean engine) {
        return number < claim && (engine || claim > Target.CLAIMED);
    }

    private static List<String> alike(List<String> writes) {
        return writes.stream()
                .map(write -> OF_THE_MOMENT.matcher(write).replaceAll("#"))
                .toList();
    }

    /// Of many writes in a row more than one.
    private static void midst(int first, int many, SortedSet<Integer> chosen) {
        if (many == 1) return;
        int parts = 2 + many / FEW;
        for (int part = 1; part < parts; part++) chosen.add(first + many * part / parts);
    }

    private static boolean isWork(String write) {
        return !write.startsWith(OPERATION) && !isEngines(write);
    }

    private static boolean isEngines(String write) {
        return write.equals(Target.CLAIM) || write.startsWith(PUT_AWAY);
    }

    private static boolean isEnd(String write) {
        return write.startsWith(OPERATION) && !write.equals(ANSWER);
    }
}
