# Runs java in a file system of its own, with nothing in it but what java needs, and with limits. Called by an
# unprivileged user inside new user, mount, network, host name, control group and process namespaces:
# cage.sh ROOT JAVA_HOME RUNNER_JAR PLUGIN_JAR SECONDS LIMITS JAVA_ARGUMENTS...
set -eu
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
root=$1 java_home=$2 runner=$3 plugin=$4 seconds=$5 limits=$6
shift 6

# Should this machine run out of memory, the plugin is the first to go.
echo 1000 >/proc/self/oom_score_adj

# Where the kernel groups by session, only the group's niceness counts beside others.
nice >/proc/self/autogroup 2>/dev/null || :

show() {
    mount --rbind "$1" "$2"
    # On its own, so that it keeps what the file was mounted with: that cannot be taken away in here.
    mount -o remount,bind,ro,nosuid,nodev "$2"
}

mount -t tmpfs -o size=16m,nr_inodes=4k,mode=755,nosuid,nodev,noexec tmpfs "$root"

# Libraries, and no folder of programs.
for folder in /usr/lib /usr/lib32 /usr/lib64 /lib /lib32 /lib64 /etc/java*; do
    if [ -L "$folder" ]; then
        mkdir -p "$root${folder%/*}"
        cp -P "$folder" "$root$folder"
    elif [ -d "$folder" ]; then
        mkdir -p "$root$folder"
        show "$folder" "$root$folder"
    fi
done

mkdir "$root/jdk" "$root/proc" "$root/dev" "$root/tmp" "$root/work" "$root/jars"
show "$java_home" "$root/jdk"
# Processes only: no /proc/sys, no /proc/sysrq-trigger, nothing that can be written.
mount -t proc -o ro,nosuid,nodev,noexec,subset=pid proc "$root/proc"
for device in null random urandom; do
    : >"$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
done
# Under their own names: an archive of classes says which jar it was made from.
for file in "$runner" "${runner%.jar}.jsa"; do
    [ -f "$file" ] || continue
    : >"$root/jars/${file##*/}"
    show "$file" "$root/jars/${file##*/}"
done
if [ -n "$plugin" ]; then
    : >"$root/jars/plugin.jar"
    show "$plugin" "$root/jars/plugin.jar"
fi
: >"$root/jars/setpriv"
show "$(command -v setpriv)" "$root/jars/setpriv"

# Only these two can be written to.
mount --bind "$root/tmp" "$root/tmp"
mount --bind "$root/work" "$root/work"
mount -o remount,bind,ro,nosuid,nodev,noexec "$root"

# The clock ends everything in here even when whoever asked is gone. Without capabilities the mounts above cannot be
# undone, and inside a change of root no new user namespace can be made.
exec prlimit $limits -- timeout -s KILL "$seconds" env -i "$(command -v unshare)" --root="$root" --wd=/work \
    /jars/setpriv --bounding-set=-all --inh-caps=-all --no-new-privs /jdk/bin/java "$@"
