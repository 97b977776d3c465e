# Run by root, in a mount namespace of its own: puts what a plugin needs where nobody can read it, and goes on as nobody.
# step-down.sh STAGE JAVA_HOME RUNNER_JAR PLUGIN_JAR COMMAND...
set -eu
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
stage=$1 java_home=$2 runner=$3 plugin=$4
shift 4

mount -t tmpfs -o size=64m,nr_inodes=1k,mode=755,nosuid,nodev,noexec tmpfs "$stage"
mkdir "$stage/root" "$stage/jdk"
mount --rbind "$java_home" "$stage/jdk"
# Copies, because the folders and files of root may be closed to others. As old as the originals: an archive of classes
# says how old its jar was.
for file in "$runner" "${runner%.jar}.jsa"; do
    [ ! -f "$file" ] || cp --preserve=timestamps "$file" "$stage/${file##*/}"
done
[ -z "$plugin" ] || cp "$plugin" "$stage/plugin.jar"
chmod 444 "$stage"/*.j*

exec setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all --bounding-set=-all --no-new-privs "$@"
