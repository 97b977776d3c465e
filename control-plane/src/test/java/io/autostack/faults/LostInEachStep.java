package io.autostack.faults;

import io.autostack.faults.Faults.Call;
import io.autostack.faults.Faults.Fault;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Each step of an operation loses the answer to its first call, which was a success, and has to ask again.
record LostInEachStep(Set<String> steps) implements Fault {

    LostInEachStep() {
        this(ConcurrentHashMap.newKeySet());
    }

    @Override
    public @Nullable Object on(Call call) throws Throwable {
        var answer = call.really();
        var step = Faults.runningStep(call.tenant());
        if (!step.isEmpty() && steps.add(step)) throw Trouble.outage("the answer was lost");
        return answer;
    }
}
