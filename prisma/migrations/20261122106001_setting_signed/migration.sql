-- AlterTable
ALTER TABLE "setting" ADD COLUMN     "updated_by" TEXT;
