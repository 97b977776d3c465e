# Runs java in a file system of its own, with nothing in it but what java needs. Called inside new user, mount, network
# and process namespaces: cage.sh ROOT JAVA_HOME RUNNER_JAR PLUGIN_JAR JAVA_ARGUMENTS...
set -eu
PATH=/usr/sbin:/usr/bin:/sbin:/bin
root=$1 java_home=$2 runner=$3 plugin=$4
shift 4

mount -t tmpfs -o size=16m,mode=755,nosuid,nodev tmpfs "$root"

for folder in /usr /lib /lib32 /lib64 /bin /etc/java* "$java_home"; do
    if [ -L "$folder" ]; then
        mkdir -p "$root$(dirname "$folder")"
        cp -P "$folder" "$root$folder"
    elif [ -d "$folder" ] && [ ! -e "$root$folder" ]; then
        mkdir -p "$root$folder"
        mount --rbind "$folder" "$root$folder"
        mount -o remount,bind,ro "$root$folder"
    fi
done

mkdir -p "$root/proc" "$root/dev" "$root/tmp" "$root/work" "$root/jars"
mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
for device in null random urandom; do
    : >"$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
done
: >"$root/jars/runner.jar"
mount --bind "$runner" "$root/jars/runner.jar"
mount -o remount,bind,ro "$root/jars/runner.jar"
if [ -n "$plugin" ]; then
    : >"$root/jars/plugin.jar"
    mount --bind "$plugin" "$root/jars/plugin.jar"
    mount -o remount,bind,ro "$root/jars/plugin.jar"
fi

# Without capabilities the mounts above cannot be undone, and inside a chroot no new user namespace can be made.
exec chroot "$root" /usr/bin/env -i -C /work \
    /usr/bin/setpriv --bounding-set=-all --inh-caps=-all --no-new-privs "$java_home/bin/java" "$@"
